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

    private const string Inactive = "INACTIVE";

    private static readonly (string Status, CredentialStatusGroup Group)[] Table =
    [
        ("VERIFIED", CredentialStatusGroup.Working),
        ("VALIDATED", CredentialStatusGroup.Working),
        ("ACTIVE", CredentialStatusGroup.Working),
        ("PENDING", CredentialStatusGroup.Waiting),
        ("CREATED", CredentialStatusGroup.Waiting),
        ("FAILED", CredentialStatusGroup.Broken),
        ("ERROR", CredentialStatusGroup.Broken),
        (Expired, CredentialStatusGroup.Broken),
        (Inactive, CredentialStatusGroup.Broken),
        (Revoked, CredentialStatusGroup.Revoked),
        ("UNKNOWN", CredentialStatusGroup.Other),
    ];

    private static readonly Dictionary<string, CredentialStatusGroup> Groups =
        Table.ToDictionary(static row => row.Status, static row => row.Group, StringComparer.OrdinalIgnoreCase);

    /// <summary>The known statuses, in alphabetical order.</summary>
    public static IReadOnlyList<string> Known { get; } =
        [.. Groups.Keys.OrderBy(static status => status, StringComparer.Ordinal)];

    /// <summary>Gets the known statuses of a group.</summary>
    public static IReadOnlyList<string> InGroup(CredentialStatusGroup group) =>
        [.. Table.Where(row => row.Group == group).Select(static row => row.Status)];

    /// <summary>Whether the API documents the status. Not case-sensitive.</summary>
    public static bool IsKnown(string status) => Groups.ContainsKey(status);

    /// <summary>Gets the group of a status. Not case-sensitive.</summary>
    public static CredentialStatusGroup GroupOf(string? status) =>
        Groups.TryGetValue(status ?? "", out CredentialStatusGroup group) ? group : CredentialStatusGroup.Other;

    /// <summary>
    /// Gets the group of a credential. The status has precedence: RevokedAt counts only if there is no status.
    /// </summary>
    public static CredentialStatusGroup GroupOf(CadenzaCredential credential) =>
        string.IsNullOrEmpty(credential.Status) && credential.RevokedAt is not null
            ? CredentialStatusGroup.Revoked
            : GroupOf(credential.Status);

    /// <summary>
    /// Whether the status says that the exchange does not accept the key. An inactive key is not used, but the exchange
    /// may accept it. Not case-sensitive.
    /// </summary>
    public static bool IsRejected(string? status) =>
        GroupOf(status) == CredentialStatusGroup.Broken
        && !string.Equals(status, Inactive, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the status is <see cref="Revoked"/>. Not case-sensitive.</summary>
    public static bool IsRevoked(string? status) => GroupOf(status) == CredentialStatusGroup.Revoked;
}
