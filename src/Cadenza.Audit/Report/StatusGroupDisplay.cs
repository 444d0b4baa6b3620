using System.Collections.Generic;
using Cadenza.Audit.Rules;
using Cadenza.Client.Models;

namespace Cadenza.Audit.Report;

/// <summary>How a report displays a group of statuses.</summary>
/// <param name="Group">The group.</param>
/// <param name="Title">The title.</param>
/// <param name="ClassName">The CSS class.</param>
/// <param name="Statuses">The statuses in the group.</param>
internal sealed record StatusGroupDisplay(CredentialStatusGroup Group, string Title, string ClassName, string Statuses)
{
    /// <summary>In the order of <see cref="CredentialStatusGroup"/>.</summary>
    public static IReadOnlyList<StatusGroupDisplay> All { get; } =
    [
        Create(CredentialStatusGroup.Working, "Active", "active"),
        Create(CredentialStatusGroup.Waiting, "Pending", "pending"),
        Create(CredentialStatusGroup.Broken, "Failed", "failed"),
        Create(CredentialStatusGroup.Revoked, "Revoked", "revoked"),
        new(CredentialStatusGroup.Other, "Other", "other", "any other status, or none"),
    ];

    public static StatusGroupDisplay Of(CredentialStatusGroup group) => All[(int)group];

    private static StatusGroupDisplay Create(CredentialStatusGroup group, string title, string className) =>
        new(group, title, className, string.Join(", ", CredentialStatus.InGroup(group)));
}
