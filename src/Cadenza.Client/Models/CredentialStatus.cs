using System;
using System.Collections.Generic;
using System.Linq;

namespace Cadenza.Client.Models;

/// <summary>The credential statuses that the API documents. A server may send others.</summary>
internal static class CredentialStatus
{
    /// <summary>The status of a revoked credential, the same in every dialect.</summary>
    public const string Revoked = "REVOKED";

    /// <summary>The status of a credential whose keys have expired.</summary>
    public const string Expired = "EXPIRED";

    /// <summary>In alphabetical order.</summary>
    private static readonly Entry[] Table =
    [
        new("ACTIVE", CredentialStatusGroup.Working),
        new("CREATED", CredentialStatusGroup.Waiting),
        new("ERROR", CredentialStatusGroup.Broken),
        new(Expired, CredentialStatusGroup.Broken),
        new("FAILED", CredentialStatusGroup.Broken),
        new("INACTIVE", CredentialStatusGroup.Other),
        new("PENDING", CredentialStatusGroup.Waiting),
        new(Revoked, CredentialStatusGroup.Revoked),
        new("UNKNOWN", CredentialStatusGroup.Other),
        new("VALIDATED", CredentialStatusGroup.Working),
        new("VERIFIED", CredentialStatusGroup.Working),
    ];

    /// <summary>The known statuses, in alphabetical order.</summary>
    public static IReadOnlyList<string> Known { get; } = Array.ConvertAll(Table, static entry => entry.Status);

    /// <summary>Gets the known statuses of a group, in alphabetical order.</summary>
    public static IReadOnlyList<string> InGroup(CredentialStatusGroup group) =>
        [.. Table.Where(entry => entry.Group == group).Select(static entry => entry.Status)];

    /// <summary>Whether the API documents the status. Not case-sensitive.</summary>
    public static bool IsKnown(string status) => Find(status) is not null;

    /// <summary>Gets the group of a status. Not case-sensitive.</summary>
    public static CredentialStatusGroup GroupOf(string? status) =>
        Find(status)?.Group ?? CredentialStatusGroup.Other;

    /// <summary>
    /// Gets the group of a credential. The status has precedence: RevokedAt counts only if there is no status.
    /// </summary>
    public static CredentialStatusGroup GroupOf(CadenzaCredential credential) =>
        string.IsNullOrEmpty(credential.Status) && credential.RevokedAt is not null
            ? CredentialStatusGroup.Revoked
            : GroupOf(credential.Status);

    /// <summary>Whether the status is <see cref="Revoked"/>. Not case-sensitive.</summary>
    public static bool IsRevoked(string? status) => GroupOf(status) == CredentialStatusGroup.Revoked;

    private static Entry? Find(string? status) =>
        Array.Find(Table, entry => entry.Status.Equals(status, StringComparison.OrdinalIgnoreCase));

    private sealed record Entry(string Status, CredentialStatusGroup Group);
}
