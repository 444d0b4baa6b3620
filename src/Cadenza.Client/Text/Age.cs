using System;

namespace Cadenza.Client.Text;

/// <summary>
/// Formats ages for tables: one number and one unit, at most six characters for the age of a credential.
/// </summary>
internal static class Age
{
    /// <summary>
    /// Formats the age of a time, such as <c>40 s</c>, <c>12 min</c>, <c>3 h</c>, <c>45 d</c> or <c>2 y</c>; rounded
    /// down.
    /// </summary>
    /// <param name="time">The time.</param>
    /// <param name="now">The current time.</param>
    public static string Of(DateTimeOffset time, DateTimeOffset now)
    {
        TimeSpan age = now - time;
        return age < TimeSpan.Zero ? FormatFuture(-age) : Format(age);
    }

    /// <summary>A server's clock may be a little ahead of the local one; a larger difference is shown.</summary>
    private static string FormatFuture(TimeSpan span) => span < TimeSpan.FromMinutes(5) ? "0 s" : "in " + Format(span);

    private static string Format(TimeSpan span)
    {
        (long number, string unit) = span switch
        {
            { TotalMinutes: < 1 } => ((long)span.TotalSeconds, "s"),
            { TotalHours: < 1 } => ((long)span.TotalMinutes, "min"),
            { TotalHours: < 48 } => ((long)span.TotalHours, "h"),
            { TotalDays: < 2 * 365 } => ((long)span.TotalDays, "d"),
            _ => ((long)(span.TotalDays / 365.2425), "y"),
        };
        return FormattableString.Invariant($"{number} {unit}");
    }
}
