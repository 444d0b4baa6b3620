using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Client.Http;

/// <summary>Time, waiting and chance in one place, so that tests can run on a clock of their own.</summary>
public class Clock
{
#if !NET
    private static readonly Random Source = new();
#endif

    /// <summary>The machine's clock.</summary>
    public static Clock System { get; } = new();

    /// <summary>Now, in UTC. May jump when the machine's clock is set.</summary>
    public virtual DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    /// <summary>The time since some fixed moment. Never jumps.</summary>
    public virtual TimeSpan Uptime => TimeSpan.FromSeconds(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency);

    /// <summary>Waits for the given time, or until cancelled.</summary>
    public virtual Task Delay(TimeSpan delay, CancellationToken cancellationToken) =>
        delay > TimeSpan.Zero ? Task.Delay(delay, cancellationToken) : Task.CompletedTask;

    /// <summary>Has the source cancelled after the given time, instead of any time given before.</summary>
    public virtual void CancelAfter(CancellationTokenSource source, TimeSpan delay) => source.CancelAfter(delay);

    /// <summary>A random number from 0 to below 1, for jitter.</summary>
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
