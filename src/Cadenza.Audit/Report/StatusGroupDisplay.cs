using System.Collections.Generic;
using Cadenza.Audit.Rules;
using Cadenza.Client.Models;

namespace Cadenza.Audit.Report;

/// <summary>How a report displays a group of statuses.</summary>
/// <param name="Group">The group.</param>
/// <param name="Title">The title, which is the word that credentials have as their health.</param>
/// <param name="ClassName">The CSS class.</param>
/// <param name="Statuses">The statuses in the group.</param>
internal sealed record StatusGroupDisplay(CredentialStatusGroup Group, string Title, string ClassName, string Statuses)
{
    /// <summary>In the order of <see cref="CredentialStatusGroup"/>.</summary>
    public static IReadOnlyList<StatusGroupDisplay> All { get; } =
    [
        Create(CredentialStatusGroup.Working, "active"),
        Create(CredentialStatusGroup.Waiting, "pending"),
        Create(CredentialStatusGroup.Broken, "failed"),
        Create(CredentialStatusGroup.Revoked, "revoked"),
        new(CredentialStatusGroup.Other, CredentialHealth.Other, "other", "any other status, or none"),
    ];

    public static StatusGroupDisplay Of(CredentialStatusGroup group) => All[(int)group];

    private static StatusGroupDisplay Create(CredentialStatusGroup group, string className) => new(
        group, CredentialHealth.Of(group), className, string.Join(", ", CredentialStatus.InGroup(group)));
}
