using System;
using System.Collections.Generic;

namespace Cadenza.Audit.Rules;

/// <summary>What the statuses of the three dialects come down to.</summary>
internal enum StatusGroup
{
    Working,
    Waiting,
    Broken,
    Revoked,

    /// <summary>A status that is not known, or none: counted and shown, never a finding on its own.</summary>
    Other,
}

/// <summary>Sorts statuses, an open vocabulary, into groups.</summary>
internal static class StatusGroups
{
    private static readonly Dictionary<string, StatusGroup> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["VERIFIED"] = StatusGroup.Working,
        ["VALIDATED"] = StatusGroup.Working,
        ["ACTIVE"] = StatusGroup.Working,
        ["PENDING"] = StatusGroup.Waiting,
        ["CREATED"] = StatusGroup.Waiting,
        ["FAILED"] = StatusGroup.Broken,
        ["ERROR"] = StatusGroup.Broken,
        ["EXPIRED"] = StatusGroup.Broken,
        ["REVOKED"] = StatusGroup.Revoked,
    };

    public static StatusGroup Of(string? status) => Known.TryGetValue(status ?? "", out StatusGroup group) ? group : StatusGroup.Other;
}
