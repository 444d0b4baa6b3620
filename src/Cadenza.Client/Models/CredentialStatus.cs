using System;
using System.Collections.Generic;

namespace Cadenza.Client.Models;

/// <summary>What the statuses of the three dialects come down to.</summary>
public enum CredentialStatusGroup
{
    /// <summary>A status that is not known, or none.</summary>
    Other,

    /// <summary>The exchange accepts the key.</summary>
    Working,

    /// <summary>Whether the exchange accepts the key is not known yet.</summary>
    Waiting,

    /// <summary>The exchange does not accept the key, or Cadenza cannot use it.</summary>
    Broken,

    /// <summary>Revoked for good.</summary>
    Revoked,
}

/// <summary>The statuses of credentials that the API's documents name, in one table. A server may send others.</summary>
public static class CredentialStatus
{
    /// <summary>The status of a revoked credential, the same in every dialect.</summary>
    public const string Revoked = "REVOKED";

    private static readonly Dictionary<string, CredentialStatusGroup> Groups = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ACTIVE"] = CredentialStatusGroup.Working,
        ["CREATED"] = CredentialStatusGroup.Waiting,
        ["ERROR"] = CredentialStatusGroup.Broken,
        ["EXPIRED"] = CredentialStatusGroup.Broken,
        ["FAILED"] = CredentialStatusGroup.Broken,
        ["INACTIVE"] = CredentialStatusGroup.Other,
        ["PENDING"] = CredentialStatusGroup.Waiting,
        [Revoked] = CredentialStatusGroup.Revoked,
        ["UNKNOWN"] = CredentialStatusGroup.Other,
        ["VALIDATED"] = CredentialStatusGroup.Working,
        ["VERIFIED"] = CredentialStatusGroup.Working,
    };

    /// <summary>The known statuses, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. Groups.Keys];

    /// <summary>Whether the API's documents name the status, in whatever case it is written.</summary>
    public static bool IsKnown(string status) => Groups.ContainsKey(status);

    /// <summary>The group of a status.</summary>
    public static CredentialStatusGroup GroupOf(string? status) =>
        Groups.TryGetValue(status ?? "", out CredentialStatusGroup group) ? group : CredentialStatusGroup.Other;

    /// <summary>The group of a credential. The status has the last word: a time of revocation counts only where there is no status.</summary>
    public static CredentialStatusGroup GroupOf(CadenzaCredential credential) =>
        string.IsNullOrEmpty(credential.Status) && credential.RevokedAt is not null ? CredentialStatusGroup.Revoked : GroupOf(credential.Status);

    /// <summary>Whether the status is <see cref="Revoked"/>, in whatever case it is written.</summary>
    public static bool IsRevoked(string? status) => GroupOf(status) == CredentialStatusGroup.Revoked;
}
