namespace Cadenza.Client.Tests.Reliability;

/// <summary>
/// A time that moves only when every operation waits, on the thread of the test: hours pass in microseconds, and what
/// happens is a pure function of the seed.
/// </summary>
internal sealed class VirtualTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<(VirtualTimer Timer, int Version), (long Due, long Order)> _timers = new();
    private TimeSpan _now = TimeSpan.FromHours(1);
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + _now;

    public override long GetTimestamp() => _now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the time on until the task has ended.</summary>
    public void RunUntilEnd(Task task)
    {
        while (!task.IsCompleted)
        {
            // The runtime continues a very deep stack on the thread pool, so this is a deadlock only after real time.
            if (!_timers.TryDequeue(out (VirtualTimer Timer, int Version) next, out (long Due, long Order) priority))
            {
                if (!task.Wait(TimeSpan.FromSeconds(5)))
                {
                    throw new InvalidOperationException("Every operation waits, and no timer is left.");
                }

                return;
            }

            if (next.Timer.Version == next.Version)
            {
                _now = TimeSpan.FromTicks(Math.Max(_now.Ticks, priority.Due));
                next.Timer.Fire();
            }
        }
    }

    /// <summary>
    /// A timer that fires once. Each change gives it a new version, so that older entries are ignored.
    /// </summary>
    private sealed class VirtualTimer(VirtualTimeProvider owner, TimerCallback callback, object? state) : ITimer
    {
        public int Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Version++;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                owner._timers.Enqueue((this, Version), ((owner._now + dueTime).Ticks, owner._order++));
            }

            return true;
        }

        public void Fire() => callback(state);

        public void Dispose() => Version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
