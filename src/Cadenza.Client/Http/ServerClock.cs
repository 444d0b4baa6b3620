using System;
using System.Threading;

namespace Cadenza.Client.Http;

/// <summary>How far the server's clock is from ours, as its Date headers tell: to compare its times with our own.</summary>
internal sealed class ServerClock(Clock clock)
{
    private long _offset;
    private volatile bool _isKnown;

    /// <summary>Whether any answer told its time.</summary>
    public bool IsKnown => _isKnown;

    /// <summary>Now, by the server's clock as far as it is known, else by ours.</summary>
    public DateTimeOffset UtcNow => clock.UtcNow + TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <summary>Takes note of an answer's Date header.</summary>
    public void Observe(DateTimeOffset? date)
    {
        if (date is DateTimeOffset now)
        {
            Interlocked.Exchange(ref _offset, (now - clock.UtcNow).Ticks);
            _isKnown = true;
        }
    }
}
