namespace Cadenza.Client.Tests;

/// <summary>After a rate limit, the requests of a connection wait together and continue one after the other.</summary>
public sealed class RateLimitGateTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly InstantTimeProvider _time = new();

    [Theory]
    [InlineData(0, 10_000)]
    [InlineData(0.25, 10_250)]
    [InlineData(1, 11_000)]
    public async Task Requests_that_waited_are_spread_over_a_second(double random, int milliseconds)
    {
        var gate = new RateLimitGate(_time, () => random);
        gate.Hold(TimeSpan.FromSeconds(10));

        Assert.Null(await WaitAsync(gate, Timeout));

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), _time.Elapsed);
    }

    [Fact]
    public async Task The_spread_is_at_most_half_of_the_time_that_is_left()
    {
        var gate = new RateLimitGate(_time, static () => 1);
        gate.Hold(TimeSpan.FromSeconds(10));

        Assert.Null(await WaitAsync(gate, TimeSpan.FromSeconds(11)));

        Assert.Equal(TimeSpan.FromSeconds(10.5), _time.Elapsed);
    }

    [Fact]
    public async Task A_request_that_does_not_wait_is_not_delayed()
    {
        var gate = new RateLimitGate(_time, static () => 1);

        Assert.Null(await WaitAsync(gate, Timeout));

        Assert.Equal(TimeSpan.Zero, _time.Elapsed);
    }

    [Fact]
    public async Task A_shorter_delay_does_not_replace_a_longer_one()
    {
        var gate = new RateLimitGate(_time, static () => 0);
        gate.Hold(TimeSpan.FromSeconds(10));
        gate.Hold(TimeSpan.FromSeconds(2));

        Assert.Null(await WaitAsync(gate, Timeout));

        Assert.Equal(TimeSpan.FromSeconds(10), _time.Elapsed);
    }

    [Fact]
    public async Task A_delay_beyond_the_timeout_is_returned_at_once()
    {
        var gate = new RateLimitGate(_time, static () => 0);
        gate.Hold(TimeSpan.FromMinutes(2));

        Assert.Equal(TimeSpan.FromMinutes(2), await WaitAsync(gate, Timeout));

        Assert.Equal(TimeSpan.Zero, _time.Elapsed);
    }

    private static Task<TimeSpan?> WaitAsync(RateLimitGate gate, TimeSpan timeout) =>
        gate.WaitAsync(timeout, CancellationToken.None).Bounded();

    /// <summary>A time in which each delay is over at once.</summary>
    private sealed class InstantTimeProvider : TimeProvider
    {
        private long _elapsed;

        public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _elapsed));

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _elapsed);

        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Add(ref _elapsed, dueTime.Ticks);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
