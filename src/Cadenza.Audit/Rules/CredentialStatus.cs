using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Models;

namespace Cadenza.Audit.Rules;

/// <summary>
/// The known statuses of the three API dialects and their groups. A server can return other statuses.
/// </summary>
internal static class CredentialStatus
{
    public const string Expired = "EXPIRED";

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
        ("REVOKED", CredentialStatusGroup.Revoked),
    ];

    private static readonly Dictionary<string, CredentialStatusGroup> Groups =
        Table.ToDictionary(static row => row.Status, static row => row.Group, StringComparer.OrdinalIgnoreCase);

    /// <summary>The known statuses of a group.</summary>
    public static IReadOnlyList<string> InGroup(CredentialStatusGroup group) =>
        [.. Table.Where(row => row.Group == group).Select(static row => row.Status)];

    public static CredentialStatusGroup GroupOf(string? status) =>
        Groups.TryGetValue(status ?? "", out CredentialStatusGroup group) ? group : CredentialStatusGroup.Other;

    /// <summary>The group of a credential. The time of revocation is used only if there is no status.</summary>
    public static CredentialStatusGroup GroupOf(CadenzaCredential credential) =>
        string.IsNullOrEmpty(credential.Status) && credential.RevokedAt is not null
            ? CredentialStatusGroup.Revoked
            : GroupOf(credential.Status);
}
