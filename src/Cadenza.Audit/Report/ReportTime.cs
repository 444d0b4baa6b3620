using System;
using System.Globalization;

namespace Cadenza.Audit.Report;

/// <summary>Times in a report: always UTC, the same in every culture.</summary>
internal static class ReportTime
{
    /// <summary>To the minute, such as <c>2026-01-31 08:05</c>.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
