using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Http;

namespace Cadenza.Client.Tests.Reliability;

/// <summary>
/// A clock that moves only when everybody waits, on the test's own thread: hours pass in microseconds, and what happens is a pure
/// function of the seed.
/// </summary>
internal sealed class VirtualClock(ulong seed) : Clock
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (long Due, long Order)> _timers = new();
    private readonly ConditionalWeakTable<CancellationTokenSource, StrongBox<long>> _deadlines = [];
    private readonly Prng _random = new(seed);
    private TimeSpan _now = TimeSpan.FromHours(1);
    private long _order;

    public override DateTimeOffset UtcNow => Start + _now;

    public override TimeSpan Uptime => _now;

    public override double NextRandom() => _random.NextDouble();

    public override Task Delay(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        if (delay <= TimeSpan.Zero && delay != Timeout.InfiniteTimeSpan)
        {
            return Task.CompletedTask;
        }

        // Continuations run inline: there is no second thread.
        var source = new TaskCompletionSource();
        CancellationTokenRegistration registration = cancellationToken.Register(() => source.TrySetCanceled(cancellationToken));
        if (delay != Timeout.InfiniteTimeSpan)
        {
            At(delay, () =>
            {
                registration.Dispose();
                source.TrySetResult();
            });
        }

        return source.Task;
    }

    public override void CancelAfter(CancellationTokenSource source, TimeSpan delay)
    {
        StrongBox<long> generation = _deadlines.GetValue(source, static _ => new StrongBox<long>());
        long mine = ++generation.Value;
        At(delay, () =>
        {
            if (generation.Value == mine)
            {
                Cancel(source);
            }
        });
    }

    /// <summary>Moves time on until the task has ended.</summary>
    public void RunUntilEnd(Task task)
    {
        while (!task.IsCompleted)
        {
            // A thread-pool hop (a very deep stack makes one) gets real time to come back before this counts as a deadlock.
            if (!_timers.TryDequeue(out Action? action, out (long Due, long Order) priority))
            {
                if (!task.Wait(TimeSpan.FromSeconds(5)))
                {
                    throw new InvalidOperationException("Everybody waits, and for nothing.");
                }

                return;
            }

            _now = TimeSpan.FromTicks(Math.Max(_now.Ticks, priority.Due));
            action();
        }
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The attempt ended in time.
        }
    }

    private void At(TimeSpan delay, Action action) => _timers.Enqueue(action, ((_now + delay).Ticks, _order++));
}

/// <summary>SplitMix64: the same numbers on every runtime.</summary>
internal sealed class Prng(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below <paramref name="bound"/>.</summary>
    public int Next(int bound) => (int)(Next() % (ulong)bound);

    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    public void Shuffle<T>(IList<T> items)
    {
        for (int i = items.Count - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
