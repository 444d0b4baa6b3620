using System.Collections.Generic;

namespace Cadenza.Client.Models;

/// <summary>
/// What a status means, whatever the dialect of the API. The values are words, so that they compare in the same way
/// after a conversion to CSV, JSON or CLIXML.
/// </summary>
public static class CredentialHealth
{
    /// <summary>The exchange accepts the key.</summary>
    public const string Working = nameof(Working);

    /// <summary>The exchange has not verified the key yet.</summary>
    public const string Waiting = nameof(Waiting);

    /// <summary>The exchange does not accept the key, or Cadenza cannot use it.</summary>
    public const string Failed = nameof(Failed);

    /// <summary>The credential is revoked.</summary>
    public const string Revoked = nameof(Revoked);

    /// <summary>An unknown status, or none.</summary>
    public const string Other = nameof(Other);

    /// <summary>All values.</summary>
    public static IReadOnlyList<string> All { get; } = [Working, Waiting, Failed, Revoked, Other];

    /// <summary>Gets the health of a group of statuses.</summary>
    internal static string Of(CredentialStatusGroup group) => group switch
    {
        CredentialStatusGroup.Working => Working,
        CredentialStatusGroup.Waiting => Waiting,
        CredentialStatusGroup.Broken => Failed,
        CredentialStatusGroup.Revoked => Revoked,
        _ => Other,
    };
}
