using System;
using System.Globalization;

namespace Cadenza.Client.Text;

/// <summary>Formats times in UTC, independent of the culture.</summary>
internal static class UtcTime
{
    /// <summary>Formats the date, such as <c>2026-01-31</c>.</summary>
    public static string FormatDay(DateTimeOffset time) => Format(time, "yyyy-MM-dd");

    /// <summary>Formats the time to the minute, such as <c>2026-01-31 08:05</c>.</summary>
    public static string FormatMinute(DateTimeOffset time) => Format(time, "yyyy-MM-dd HH:mm");

    /// <summary>Formats the time to the second, such as <c>2026-01-31 08:05:00Z</c>.</summary>
    public static string FormatSecond(DateTimeOffset time) => Format(time, "yyyy-MM-dd HH:mm:ss'Z'");

    /// <summary>Formats the time in ISO 8601 to the millisecond, such as <c>2026-01-31T08:05:00.000Z</c>.</summary>
    public static string FormatIso(DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    private static string Format(DateTimeOffset time, string format) =>
        time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
