using System;
using System.Globalization;

namespace Cadenza.Audit.Rules;

/// <summary>Formats times in UTC, the same in every culture.</summary>
internal static class UtcTime
{
    /// <summary>The day, such as <c>2026-01-31</c>.</summary>
    public static string FormatDay(DateTimeOffset time) => Format(time, "yyyy-MM-dd");

    /// <summary>The minute, such as <c>2026-01-31 08:05</c>.</summary>
    public static string FormatMinute(DateTimeOffset time) => Format(time, "yyyy-MM-dd HH:mm");

    private static string Format(DateTimeOffset time, string format) =>
        time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
