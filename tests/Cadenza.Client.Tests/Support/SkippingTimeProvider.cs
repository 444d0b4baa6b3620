namespace Cadenza.Client.Tests.Support;

/// <summary>
/// A time that stands still until a test or a delay moves it: a delay ends immediately and moves the time by itself.
/// The timeouts of attempts run in the system's time, because the servers of the tests do.
/// </summary>
internal sealed class SkippingTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private long _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(Interlocked.Read(ref _elapsed));

    /// <summary>Includes the system's time, in which attempts end.</summary>
    public override long GetTimestamp() => Interlocked.Read(ref _elapsed) + System.GetElapsedTime(0).Ticks;

    public void Advance(TimeSpan time) => Interlocked.Add(ref _elapsed, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        // The state of the timer of a delay is the source of its task.
        state is TaskCompletionSource<bool>
            ? new Skip(this, callback, state, dueTime)
            : System.CreateTimer(callback, state, dueTime, period);

    private sealed class Skip : ITimer
    {
        private int _isDisposed;

        public Skip(SkippingTimeProvider timeProvider, TimerCallback callback, object state, TimeSpan dueTime) =>
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                    {
                        timeProvider.Advance(dueTime);
                        callback(state);
                    }
                },
                null);

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() => Interlocked.Exchange(ref _isDisposed, 1);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
