using System;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Client.Http;

/// <summary>
/// Holds back all requests of a connection after the server said that there are too many: answering a 429 to one request by sending the
/// next at once would only earn the next 429.
/// </summary>
internal sealed class RateLimitGate(Clock clock)
{
    private static readonly TimeSpan MaxSpread = TimeSpan.FromSeconds(1);
    private long _until;

    /// <summary>Has every request wait for at least so long from now.</summary>
    public void Hold(TimeSpan delay)
    {
        long until = (clock.Uptime + delay).Ticks;
        long known;
        do
        {
            known = Interlocked.Read(ref _until);
        }
        while (until > known && Interlocked.CompareExchange(ref _until, until, known) != known);
    }

    /// <summary>Waits while requests are held back; false where that would take longer than <paramref name="atMost"/>.</summary>
    public async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        TimeSpan end = clock.Uptime + atMost;
        bool isHeld = false;
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

            isHeld = true;
            await clock.Delay(remaining, cancellationToken).ConfigureAwait(false);
        }

        if (isHeld)
        {
            // What was held back together shall not leave together.
            TimeSpan spread = TimeSpan.FromTicks((long)(clock.NextRandom() * Math.Min(MaxSpread.Ticks, Math.Max(0, (end - clock.Uptime).Ticks / 2))));
            await clock.Delay(spread, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }
}
