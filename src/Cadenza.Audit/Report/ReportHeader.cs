using System;
using System.Collections.Generic;

namespace Cadenza.Audit.Report;

/// <summary>The origin and the extent of a report.</summary>
internal sealed class ReportHeader
{
    /// <summary>The host from which the credentials were read.</summary>
    public required string Host { get; init; }

    /// <summary>The name of the environment, such as Production. Null if it has none.</summary>
    public string? Environment { get; init; }

    /// <summary>The user who read the credentials. Null if the user is not known.</summary>
    public string? User { get; init; }

    /// <summary>The time at which the report was generated.</summary>
    public required DateTimeOffset GeneratedAt { get; init; }

    /// <summary>The version of the module that generated the report.</summary>
    public required string ModuleVersion { get; init; }

    /// <summary>
    /// Notes that are displayed at the top of the report, such as a note that the list is incomplete.
    /// </summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The changes since an earlier report; null if none is compared with.</summary>
    public ReportChanges? Changes { get; init; }

    /// <summary>Whether the report is a summary, without commands and without the table of all credentials.</summary>
    public bool IsSummary { get; init; }
}
