using System;
using System.Collections.Generic;

namespace Cadenza.Audit.Report;

/// <summary>What a report says of its origin.</summary>
public sealed class ReportHeader
{
    /// <summary>The host that the credentials were read from.</summary>
    public required string Host { get; init; }

    /// <summary>The name of the environment, such as Production; null where it has none.</summary>
    public string? Environment { get; init; }

    /// <summary>Whose access the credentials were read with; null where that is not known.</summary>
    public string? User { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset GeneratedAt { get; init; }

    /// <summary>The version of the module that made the report.</summary>
    public required string ModuleVersion { get; init; }

    /// <summary>What the reader must know, such as that the list is incomplete; shown at the top.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The PowerShell command that finds the same findings again, which the lines that mend many at once begin with.</summary>
    public string FindingCommand { get; init; } = "Get-CadenzaCredentialFinding";
}
