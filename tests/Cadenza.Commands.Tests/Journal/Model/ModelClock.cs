namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>The clock of the machine, which can be set. The time of the server passes independently of it.</summary>
internal sealed class ModelClock(SkippingTimeProvider time) : TimeProvider
{
    private TimeSpan _offset;

    public override long TimestampFrequency => time.TimestampFrequency;

    public void Set(TimeSpan change) => _offset += change;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + _offset;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
