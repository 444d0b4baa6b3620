using System;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Client.Http;

/// <summary>
/// Delays all requests of a connection after the server rejected one with "too many requests" (429) or asked for a
/// delay, because it would reject the others too.
/// </summary>
internal sealed class RateLimitGate(TimeProvider timeProvider, Func<double> nextJitter)
{
    private static readonly TimeSpan MaxJitter = TimeSpan.FromSeconds(1);
    private readonly long _created = timeProvider.GetTimestamp();
    private long _until;

    private TimeSpan Elapsed => timeProvider.GetElapsedTime(_created);

    /// <summary>Whether requests are delayed.</summary>
    public bool IsHeld => Interlocked.Read(ref _until) > Elapsed.Ticks;

    /// <summary>Delays every request until at least <paramref name="delay"/> from now.</summary>
    public void Hold(TimeSpan delay)
    {
        long until = (Elapsed + delay).Ticks;
        long current;
        do
        {
            current = Interlocked.Read(ref _until);
        }
        while (until > current && Interlocked.CompareExchange(ref _until, until, current) != current);
    }

    /// <summary>
    /// Waits until requests may be sent and returns null. If that would take longer than <paramref name="timeout"/>,
    /// returns the remaining delay at once.
    /// </summary>
    public async Task<TimeSpan?> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        TimeSpan end = Elapsed + timeout;
        bool wasDelayed = false;
        while (true)
        {
            TimeSpan remaining = TimeSpan.FromTicks(Interlocked.Read(ref _until)) - Elapsed;
            if (remaining <= TimeSpan.Zero)
            {
                break;
            }

            if (Elapsed + remaining >= end)
            {
                return remaining;
            }

            wasDelayed = true;
            await timeProvider.DelayAsync(remaining, cancellationToken).ConfigureAwait(false);
        }

        if (wasDelayed)
        {
            // Jitter, so that the delayed requests are not sent at the same time.
            var jitter = TimeSpan.FromTicks(
                (long)(nextJitter() * Math.Min(MaxJitter.Ticks, Math.Max(0, (end - Elapsed).Ticks / 2))));
            await timeProvider.DelayAsync(jitter, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }
}
