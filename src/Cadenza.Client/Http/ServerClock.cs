using System;
using System.Threading;

namespace Cadenza.Client.Http;

/// <summary>Estimates the server's time from the Date headers of its responses.</summary>
internal sealed class ServerClock(TimeProvider timeProvider)
{
    /// <summary>The tolerance of times of the server. Its Date header has a resolution of one second.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>A Date header has a resolution of one second, and its response may have been delayed.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    private long _offset;
    private volatile bool _isKnown;

    /// <summary>Whether any response had a Date header.</summary>
    public bool IsKnown => _isKnown;

    /// <summary>The current time by the server's clock if it is known, or else by the local clock.</summary>
    public DateTimeOffset UtcNow => Add(timeProvider.GetUtcNow(), Offset);

    private TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <summary>Records the Date header of a response.</summary>
    public void Observe(DateTimeOffset? date)
    {
        if (date is DateTimeOffset now)
        {
            Interlocked.Exchange(ref _offset, (now - timeProvider.GetUtcNow()).Ticks);
            _isKnown = true;
        }
    }

    /// <summary>
    /// Converts a time of the server's clock to the local clock. Clocks that differ by a few seconds count as equal.
    /// </summary>
    public DateTimeOffset ToLocal(DateTimeOffset serverTime)
    {
        TimeSpan offset = Offset;
        return offset.Duration() <= Tolerance ? serverTime : Add(serverTime, -offset);
    }

    /// <summary>The time after a local delay, by the local clock.</summary>
    public DateTimeOffset LocalTimeAfter(TimeSpan delay) => Add(timeProvider.GetUtcNow(), delay);

    /// <summary>Adds without overflow: a server may send any date.</summary>
    private static DateTimeOffset Add(DateTimeOffset time, TimeSpan span) =>
        new(Math.Min(DateTimeOffset.MaxValue.Ticks, Math.Max(0, time.UtcTicks + span.Ticks)), TimeSpan.Zero);
}
