using System;
using System.Globalization;

namespace Cadenza.Client.Text;

/// <summary>Times as text: always UTC, the same in every culture.</summary>
public static class UtcTime
{
    /// <summary>The day, such as <c>2026-01-31</c>.</summary>
    public static string FormatDay(DateTimeOffset time) => Format(time, "yyyy-MM-dd");

    /// <summary>The minute, such as <c>2026-01-31 08:05</c>.</summary>
    public static string FormatMinute(DateTimeOffset time) => Format(time, "yyyy-MM-dd HH:mm");

    /// <summary>The second, such as <c>2026-01-31 08:05:00Z</c>.</summary>
    public static string FormatSecond(DateTimeOffset time) => Format(time, "yyyy-MM-dd HH:mm:ss'Z'");

    /// <summary>The millisecond in ISO 8601, such as <c>2026-01-31T08:05:00.000Z</c>.</summary>
    public static string FormatIso(DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    private static string Format(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
