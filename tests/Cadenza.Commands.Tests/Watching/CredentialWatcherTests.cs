using Cadenza.Commands.Watching;

namespace Cadenza.Commands.Tests.Watching;

/// <summary>The loop: when it reads the list, what it writes, and when it ends.</summary>
public sealed class CredentialWatcherTests
{
    private static readonly string Before = Wire.List(Wire.Credential("a"), Wire.Credential("b"));
    private static readonly string After = Wire.List(Wire.Credential("a", "FAILED"), Wire.Credential("b", "FAILED"));

    private static readonly WatchOptions UntilFirst = new() { IsLast = static _ => true };

    [Fact]
    public void The_first_list_has_no_event_and_later_ones_have_their_changes()
    {
        using var server = new WatchServer(Before, Before, After);
        var runtime = server.Watch(new WatchOptions { IsLast = static e => e.CredentialId == "b" });

        Assert.Equal(["a FAILED", "b FAILED"], Events(runtime));
        Assert.Equal(3, server.Polls.Count);
        Assert.Empty(runtime.OtherThreads);
        Assert.Empty(runtime.Warnings);
    }

    [Fact]
    public void The_watch_ends_after_the_event_for_which_the_condition_is_true()
    {
        using var server = new WatchServer(Before, After);

        Assert.Equal(["a FAILED"], Events(server.Watch(UntilFirst)));
        Assert.Equal(2, server.Polls.Count);
    }

    [Fact]
    public void The_time_between_lists_is_the_interval_with_a_jitter()
    {
        using var server = new WatchServer(Before);
        server.Watch(new WatchOptions { Interval = TimeSpan.FromSeconds(100) }, maxPolls: 20);

        double[] delays = Delays(server);
        Assert.All(delays, static seconds => Assert.InRange(seconds, 90, 110.01));
        Assert.True(delays.Distinct().Count() > 1, "There is no jitter.");
    }

    [Fact]
    public void The_watch_ends_with_its_time_without_an_error()
    {
        using var server = new WatchServer(Before);
        var runtime = server.Watch(new WatchOptions { Timeout = TimeSpan.FromSeconds(150) });

        Assert.InRange(server.Polls.Count, 3, 4);
        Assert.True(server.Time.GetUtcNow() - server.Polls[0] < TimeSpan.FromSeconds(160), "It ended too late.");
        Assert.Empty(runtime.Errors);
        Assert.Contains("The watch timed out.", runtime.VerboseMessages);
    }

    [Fact]
    public void An_outage_is_one_warning_when_it_begins_and_one_when_it_ends()
    {
        using var server = new WatchServer(poll => poll switch
        {
            0 => WatchServer.Ok(Before),
            < 5 => WatchServer.Answer(HttpStatusCode.BadGateway, "<html>"),
            _ => WatchServer.Ok(After),
        });
        var runtime = server.Watch(UntilFirst);

        Assert.Equal(["a FAILED"], Events(runtime));
        Assert.Equal(2, runtime.Warnings.Count);
        Assert.StartsWith("The list could not be read:", runtime.Warnings[0], StringComparison.Ordinal);
        Assert.Equal("The list can be read again, after 4 failed attempts.", runtime.Warnings[1]);
        Assert.Empty(runtime.Errors);
        Assert.True(Delays(server)[4] > Delays(server)[0] * 5, "It did not back off.");
    }

    [Fact]
    public void The_delay_after_failures_doubles_up_to_a_limit()
    {
        var minute = TimeSpan.FromMinutes(1);

        Assert.Equal(
            [1, 2, 4, 8, 10, 10],
            Enumerable.Range(0, 6).Select(n => PollSchedule.DelayAfter(minute, n, 0.5).TotalMinutes));
        Assert.Equal(60, PollSchedule.DelayAfter(TimeSpan.FromHours(1), 9, 0.5).TotalMinutes);
        Assert.Equal(10, PollSchedule.DelayAfter(minute, int.MaxValue, 0.5).TotalMinutes);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "CadenzaUnauthorized")]
    [InlineData(HttpStatusCode.Forbidden, "CadenzaAccessDenied")]
    public void What_would_fail_again_ends_the_watch(HttpStatusCode status, string id)
    {
        using var server = new WatchServer(poll => poll == 0
            ? WatchServer.Ok(Before)
            : WatchServer.Answer(status, Wire.Failure(status == HttpStatusCode.Forbidden ? -22018 : -19002)));
        var runtime = server.Watch(UntilFirst);

        Assert.Equal(id, Assert.Single(runtime.Errors).Id);
        Assert.Empty(runtime.Written);
        Assert.Equal(2, server.Polls.Count);
    }

    public static TheoryData<string> IncompleteLists =>
    [
        Wire.List(Wire.Credential("a"), "null"),
        "<html><body>Sign in</body></html>",
        """{"data":[""" + Wire.Credential("a"),
    ];

    [Theory]
    [MemberData(nameof(IncompleteLists))]
    public void An_incomplete_list_is_never_a_reason_to_report_that_a_credential_disappeared(string incomplete)
    {
        using var server = new WatchServer(Before, incomplete, Before, After);
        var runtime = server.Watch(UntilFirst);

        Assert.Equal(["a FAILED"], Events(runtime));
        Assert.Equal(4, server.Polls.Count);
        TextAssert.StartsWith("The list can be read again", runtime.Warnings[^1]);
    }

    [Fact]
    public void An_id_that_does_not_exist_is_a_warning_and_can_appear()
    {
        using var server = new WatchServer(Before, Wire.List(Wire.Credential("a"), Wire.Credential("c")));
        var runtime = server.Watch(new WatchOptions
        {
            CredentialIds = ["c"],
            IsSelected = static credential => credential.CredentialId == "c",
            IsLast = static _ => true,
        });

        Assert.Equal(["The server has no credential with the id 'c'. It is reported if it appears."], runtime.Warnings);
        Assert.Equal(["Appeared"], runtime.Written.Cast<CredentialEvent>().Select(static e => e.Event));
    }

    private static IEnumerable<string> Events(RecordingRuntime runtime) =>
        runtime.Written.Cast<CredentialEvent>().Select(static e => $"{e.CredentialId} {e.Status}");

    private static double[] Delays(WatchServer server) =>
        [.. server.Polls.Zip(server.Polls.Skip(1), static (one, next) => (next - one).TotalSeconds)];
}
