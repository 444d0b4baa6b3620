namespace Cadenza.Client.Tests;

/// <summary>After a rate limit, the requests of a connection wait together and continue one after the other.</summary>
public sealed class RateLimitGateTests
{
    /// <summary>How often the connection is held, and for how many seconds; then what a request does.</summary>
    public static TheoryData<double[], double, double, double?, double> Holds =>
        new()
        {
            // Requests that waited are spread over a second.
            { [10], 0, 60, null, 10 },
            { [10], 0.25, 60, null, 10.25 },
            { [10], 1, 60, null, 11 },
            // The spread is at most half of the time that is left.
            { [10], 1, 11, null, 10.5 },
            // A request that does not wait is not delayed.
            { [], 1, 60, null, 0 },
            // A shorter delay does not replace a longer one.
            { [10, 2], 0, 60, null, 10 },
            // A delay beyond the timeout is returned at once.
            { [120], 0, 60, 120, 0 },
        };

    [Theory]
    [MemberData(nameof(Holds))]
    public async Task A_request_waits_until_the_connection_is_not_held(
        double[] holds, double random, double timeout, double? returned, double waited)
    {
        var time = new InstantTimeProvider();
        var gate = new RateLimitGate(time, () => random);
        Array.ForEach(holds, seconds => gate.Hold(TimeSpan.FromSeconds(seconds)));

        TimeSpan? delay = await gate.WaitAsync(TimeSpan.FromSeconds(timeout), CancellationToken.None).Bounded();

        Assert.Equal((returned, TimeSpan.FromSeconds(waited)), (delay?.TotalSeconds, time.Elapsed));
    }

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
