namespace Cadenza.Client.Tests;

/// <summary>When the next request of a connection may be sent.</summary>
public sealed class RequestPaceTests
{
    private readonly FakeTimeProvider _time = TestClients.CreateTime();

    [Fact]
    public void Requests_are_spread_evenly_over_the_minute()
    {
        var pace = new RequestPace(_time, maxPerMinute: 30);

        Assert.Equal(TimeSpan.Zero, Wait(pace));
        Assert.Equal(TimeSpan.FromSeconds(2), Wait(pace));
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(TimeSpan.FromSeconds(0.5), Wait(pace));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(TimeSpan.Zero, Wait(pace));
        Assert.Equal(TimeSpan.FromSeconds(2), Wait(pace));
    }

    [Fact]
    public void Time_without_requests_does_not_allow_a_burst()
    {
        var pace = new RequestPace(_time, maxPerMinute: 30);
        Wait(pace);
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(TimeSpan.Zero, Wait(pace));
        Assert.Equal(TimeSpan.FromSeconds(2), Wait(pace));
    }

    [Theory]
    [InlineData(30, 60, 2)]
    [InlineData(60, 30, 2)]
    [InlineData(null, 30, 2)]
    public void The_slower_of_connection_and_command_counts(int? connection, int command, double seconds)
    {
        var pace = new RequestPace(_time, connection);
        TimeSpan interval = RequestPace.IntervalOf(command);
        pace.Take(interval);

        Assert.Equal(TimeSpan.FromSeconds(seconds), pace.Take(interval).Delay);
    }

    [Fact]
    public void Without_a_limit_nothing_waits()
    {
        var pace = new RequestPace(_time, maxPerMinute: null);

        Assert.False(pace.IsActive);
        Assert.Null(pace.Observe(report: null));
        Assert.Equal(TimeSpan.Zero, Wait(pace));
        Assert.Equal(TimeSpan.Zero, Wait(pace));
    }

    [Fact]
    public void While_much_is_left_nothing_waits()
    {
        RequestPace pace = Observed(remaining: 50, reset: 60, limit: 100);

        for (int i = 0; i < 30; i++)
        {
            Assert.Equal(TimeSpan.Zero, Complete(pace));
        }

        Assert.Equal((PaceReason.FewLeft, 20), Reason(pace));
    }

    [Fact]
    public void The_last_fifth_is_spread_over_the_time_to_the_reset()
    {
        RequestPace pace = Observed(remaining: 19, reset: 60, limit: 100);

        Assert.Equal(TimeSpan.FromSeconds(3), Wait(pace));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.Zero, Complete(pace));
        Assert.Equal(TimeSpan.FromSeconds(3), Wait(pace));
    }

    [Fact]
    public void The_time_between_two_requests_is_limited()
    {
        RequestPace pace = Observed(remaining: 5, reset: 3_600, limit: 1_000);

        Assert.Equal(TimeSpan.FromSeconds(10), Wait(pace));
    }

    /// <summary>The server may not have counted what is in flight.</summary>
    [Fact]
    public void Requests_in_flight_count_as_sent()
    {
        var pace = new RequestPace(_time, maxPerMinute: null);
        for (int i = 0; i < 5; i++)
        {
            pace.Begin();
        }

        Assert.Null(pace.Observe(new RateLimitReport(4, TimeSpan.FromSeconds(60), 100)));

        Assert.Equal((PaceReason.NoneLeft, 0), Reason(pace));
        pace.End();
        pace.Observe(new RateLimitReport(4, TimeSpan.FromSeconds(60), 100));
        Assert.Equal((PaceReason.FewLeft, 1), Reason(pace));
    }

    [Fact]
    public void With_none_left_the_connection_is_held_until_the_reset()
    {
        var pace = new RequestPace(_time, maxPerMinute: null);
        pace.Begin();

        Assert.Equal(
            TimeSpan.FromSeconds(30), pace.Observe(new RateLimitReport(0, TimeSpan.FromSeconds(30), Limit: null)));
        Assert.Equal(TimeSpan.FromSeconds(30), Wait(pace));
    }

    /// <summary>How many are left after the reset is known when one request was answered.</summary>
    [Fact]
    public void After_the_reset_one_request_is_sent_alone()
    {
        RequestPace pace = Observed(remaining: 0, reset: 30, limit: 100);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.Zero, Wait(pace));
        Assert.Equal(TimeSpan.FromSeconds(1), Wait(pace));
        pace.Observe(new RateLimitReport(99, TimeSpan.FromSeconds(60), 100));
        Assert.Equal(TimeSpan.Zero, Wait(pace));
        Assert.Equal(TimeSpan.Zero, Wait(pace));
    }

    [Fact]
    public void If_the_response_after_the_reset_has_no_headers_nothing_waits()
    {
        RequestPace pace = Observed(remaining: 0, reset: 30, limit: 100);
        pace.Observe(report: null);
        Assert.True(pace.IsActive);
        _time.Advance(TimeSpan.FromSeconds(30));
        Wait(pace);

        pace.Observe(report: null);

        Assert.False(pace.IsActive);
        Assert.Equal(TimeSpan.Zero, Wait(pace));
    }

    private static TimeSpan Wait(RequestPace pace) => pace.Take(TimeSpan.Zero).Delay;

    private static TimeSpan Complete(RequestPace pace)
    {
        TimeSpan delay = Wait(pace);
        pace.End();
        return delay;
    }

    private static (PaceReason Reason, long Left) Reason(RequestPace pace)
    {
        PaceDelay delay = pace.Take(TimeSpan.Zero);
        Assert.NotEqual(TimeSpan.Zero, delay.Delay);
        return (delay.Reason, delay.Left);
    }

    /// <summary>A pace after one request whose response reported this.</summary>
    private RequestPace Observed(long remaining, double reset, long? limit)
    {
        var pace = new RequestPace(_time, maxPerMinute: null);
        pace.Begin();
        pace.Observe(new RateLimitReport(remaining, TimeSpan.FromSeconds(reset), limit));
        pace.End();
        return pace;
    }
}
