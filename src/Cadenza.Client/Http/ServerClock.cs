using System;
using System.Threading;

namespace Cadenza.Client.Http;

/// <summary>Estimates the server's time from the Date headers of its responses.</summary>
internal sealed class ServerClock(TimeProvider timeProvider)
{
    private long _offset;
    private volatile bool _isKnown;

    /// <summary>Whether any response had a Date header.</summary>
    public bool IsKnown => _isKnown;

    /// <summary>The current time by the server's clock if it is known, or else by the local clock.</summary>
    public DateTimeOffset UtcNow => timeProvider.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <summary>Records the Date header of a response.</summary>
    public void Observe(DateTimeOffset? date)
    {
        if (date is DateTimeOffset now)
        {
            Interlocked.Exchange(ref _offset, (now - timeProvider.GetUtcNow()).Ticks);
            _isKnown = true;
        }
    }
}
