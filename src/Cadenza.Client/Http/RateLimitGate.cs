using System;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Client.Http;

/// <summary>
/// Delays all requests of a connection after the server rejected one with "too many requests" (429), because it would
/// reject the others too.
/// </summary>
internal sealed class RateLimitGate(Clock clock)
{
    private static readonly TimeSpan MaxJitter = TimeSpan.FromSeconds(1);
    private long _until;

    /// <summary>Delays every request until at least <paramref name="delay"/> from now.</summary>
    public void Hold(TimeSpan delay)
    {
        long until = (clock.Uptime + delay).Ticks;
        long current;
        do
        {
            current = Interlocked.Read(ref _until);
        }
        while (until > current && Interlocked.CompareExchange(ref _until, until, current) != current);
    }

    /// <summary>
    /// Waits until requests may be sent. Returns false if that would take longer than <paramref name="timeout"/>.
    /// </summary>
    public async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        TimeSpan end = clock.Uptime + timeout;
        bool wasDelayed = false;
        while (true)
        {
            TimeSpan remaining = TimeSpan.FromTicks(Interlocked.Read(ref _until)) - clock.Uptime;
            if (remaining <= TimeSpan.Zero)
            {
                break;
            }

            if (clock.Uptime + remaining >= end)
            {
                return false;
            }

            wasDelayed = true;
            await clock.Delay(remaining, cancellationToken).ConfigureAwait(false);
        }

        if (wasDelayed)
        {
            // Jitter, so that the delayed requests are not sent at the same time.
            var jitter = TimeSpan.FromTicks(
                (long)(clock.NextRandom() * Math.Min(MaxJitter.Ticks, Math.Max(0, (end - clock.Uptime).Ticks / 2))));
            await clock.Delay(jitter, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }
}
