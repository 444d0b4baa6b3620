using System;

namespace Cadenza.Commands.Watching;

/// <summary>Determines the time between two lists. Pure functions.</summary>
internal static class PollSchedule
{
    /// <summary>The limit of the delay after failures, unless the interval is longer.</summary>
    public static readonly TimeSpan MaxBackoff = TimeSpan.FromMinutes(10);

    private const double Jitter = 0.1;

    /// <summary>
    /// Returns the delay before the next list: the interval, doubled for each failure in a row, with a jitter of 10 %,
    /// so that several watches do not send their requests at the same time.
    /// </summary>
    /// <param name="interval">The interval.</param>
    /// <param name="failures">The number of failures in a row.</param>
    /// <param name="random">A random number from 0 (inclusive) to 1 (exclusive).</param>
    public static TimeSpan DelayAfter(TimeSpan interval, int failures, double random)
    {
        double limit = Math.Max(interval.Ticks, MaxBackoff.Ticks);
        double delay = Math.Min(limit, interval.Ticks * Math.Pow(2, failures));
        return TimeSpan.FromTicks((long)(delay * (1 - Jitter + (2 * Jitter * random))));
    }
}
