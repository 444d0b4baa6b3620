namespace Cadenza.Audit.Report;

/// <summary>How a report displays a severity.</summary>
internal static class SeverityBadge
{
    public static string ClassOf(string severity) => severity switch
    {
        FindingSeverity.High => "high",
        FindingSeverity.Medium => "medium",
        _ => "low",
    };

    public static Markup Create(string severity) =>
        new($"<span class=\"badge {ClassOf(severity)}\">{severity}</span>");
}
