namespace Cadenza.Client.Tests.Support;

/// <summary>A time provider that reports when one of its timers is restarted.</summary>
internal sealed class RestartObserver(TimeProvider inner, Action onRestart) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ObservedTimer(inner.CreateTimer(callback, state, dueTime, period), onRestart);

    private sealed class ObservedTimer(ITimer inner, Action onRestart) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool isChanged = inner.Change(dueTime, period);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                onRestart();
            }

            return isChanged;
        }

        public void Dispose() => inner.Dispose();

        public System.Threading.Tasks.ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
