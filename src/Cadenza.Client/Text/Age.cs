using System;

namespace Cadenza.Client.Text;

/// <summary>Ages as a table shows them: one number and one unit, never wider than six characters for what is a credential's age.</summary>
public static class Age
{
    /// <summary>The age of a time, such as <c>40 s</c>, <c>12 min</c>, <c>3 h</c>, <c>45 d</c> or <c>2 y</c>; rounded down.</summary>
    /// <param name="time">The time.</param>
    /// <param name="now">The present.</param>
    public static string Of(DateTimeOffset time, DateTimeOffset now)
    {
        TimeSpan age = now - time;
        return age < TimeSpan.Zero ? AheadOf(-age) : Format(age);
    }

    /// <summary>A server's clock may run ahead of ours by a little; more than that is said.</summary>
    private static string AheadOf(TimeSpan lead) => lead < TimeSpan.FromMinutes(5) ? "0 s" : "in " + Format(lead);

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
