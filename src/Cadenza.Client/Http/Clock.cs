using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Client.Http;

/// <summary>Provides time, delays and random numbers. Tests replace it to be deterministic.</summary>
public class Clock
{
#if !NET
    private static readonly Random Source = new();
#endif

    /// <summary>The system clock.</summary>
    public static Clock System { get; } = new();

    /// <summary>The current time, in UTC. May jump when the system clock is set.</summary>
    public virtual DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    /// <summary>The monotonic time since an arbitrary fixed moment.</summary>
    public virtual TimeSpan Uptime => TimeSpan.FromSeconds(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency);

    /// <summary>Completes after the delay, or immediately if it is not positive.</summary>
    public virtual Task Delay(TimeSpan delay, CancellationToken cancellationToken) =>
        delay > TimeSpan.Zero ? Task.Delay(delay, cancellationToken) : Task.CompletedTask;

    /// <summary>Cancels the source after the delay. Replaces an earlier delay.</summary>
    public virtual void CancelAfter(CancellationTokenSource source, TimeSpan delay) => source.CancelAfter(delay);

    /// <summary>Returns a random number from 0 (inclusive) to 1 (exclusive), for jitter.</summary>
    public virtual double NextRandom()
    {
#if NET
        return Random.Shared.NextDouble();
#else
        lock (Source)
        {
            return Source.NextDouble();
        }
#endif
    }
}
