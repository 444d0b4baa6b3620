namespace Cadenza.Commands.Tests;

/// <summary>With a limit of failures, the number of changes in flight doubles from 1 to the throttle limit.</summary>
public sealed class FailureLimitTests
{
    [Fact]
    public void Each_wave_is_twice_as_large_up_to_the_throttle_limit()
    {
        var limit = new FailureLimit(maximum: 3, throttleLimit: 7);

        Assert.Equal([1, 2, 4], Enumerable.Range(0, 3).Select(_ => StartWave(limit)));

        // From here on, only the throttle limit applies.
        limit.StartNextWave();
        Enumerable.Range(0, 100).ToList().ForEach(_ => limit.CountStart());
        Assert.False(limit.IsWaveComplete);
    }

    [Fact]
    public void Without_a_limit_there_are_no_waves_and_no_failure_ends_the_command()
    {
        var limit = new FailureLimit(maximum: null, throttleLimit: 7);
        limit.CountStart();

        Assert.False(limit.IsWaveComplete);
        Assert.DoesNotContain(true, Enumerable.Range(0, 100).Select(_ => limit.CountFailure()));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    public void The_first_failure_beyond_the_limit_ends_the_command_once(int maximum, int allowed)
    {
        var limit = new FailureLimit(maximum, throttleLimit: 7);

        bool[] ends = [.. Enumerable.Range(0, 5).Select(_ => limit.CountFailure())];

        Assert.Equal(allowed, System.Array.IndexOf(ends, true));
        Assert.Single(ends, static end => end);
    }

    private static int StartWave(FailureLimit limit)
    {
        int started = 0;
        while (!limit.IsWaveComplete && started < 100)
        {
            limit.CountStart();
            started++;
        }

        limit.StartNextWave();
        return started;
    }
}
