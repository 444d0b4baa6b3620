using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Cadenza.Commands.Watching;

namespace Cadenza.Commands.Tests.Watching;

/// <summary>What changed since the last run.</summary>
public sealed class StateFileTests : IDisposable
{
    private const string Times =
        ""","createdAt":"2026-01-02T03:04:05.1234567Z","updatedAt":"2026-01-02T03:04:05.7654321Z" """
        + ""","apiKey":"abcd****wxyz" """;

    private static readonly string Before = Wire.List(Wire.Credential("a", more: Times), Wire.Credential("b"));
    private static readonly string After = Wire.List(
        Wire.Credential("a", "FAILED", Times), Wire.Credential("b", "FAILED"));

    private readonly string _folder = Directory.CreateTempSubdirectory("cadenza-state").FullName;

    private string State => Path.Combine(_folder, "fleet.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_run_writes_the_state_and_says_so_and_the_next_one_reports_the_changes_once()
    {
        RecordingRuntime first = RunOnce(Before);
        Assert.Empty(first.Written);
        Assert.Equal(
            [$"There was no state to compare with. {State} now has the state of 2 credentials. The next run reports "
                + "what has changed since this one."],
            first.Warnings);

        Assert.Empty(RunOnce(Before).Written);
        RecordingRuntime third = RunOnce(After);
        Assert.Equal(["a", "b"], third.Written.Cast<CredentialEvent>().Select(static e => e.CredentialId));
        Assert.All(
            third.Written.Cast<CredentialEvent>(),
            static e => Assert.Equal(("VERIFIED", "desk " + e.CredentialId), (e.PreviousStatus, e.PreviousNickname)));
        Assert.Empty(third.Warnings);
        Assert.Empty(RunOnce(After).Written);
        Assert.Equal(["fleet.json"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void The_file_has_no_part_of_a_key()
    {
        RunOnce(Before);

        string text = File.ReadAllText(State);
        Assert.DoesNotMatch("abcd|wxyz", text);
        Assert.Matches("\"keyMark\":\"[0-9a-f]{16}\"", text);
        TextAssert.StartsWith(
            """{"format":"CadenzaPS credential state","version":1,"server":"memory.invalid",""",
            text);
    }

#if !CLIENT_NETSTANDARD
    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void The_file_is_readable_by_its_owner_only()
    {
        RunOnce(Before);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(State));
    }
#endif

    [Fact]
    public void A_rotation_between_two_runs_shows_in_the_mark_of_the_key()
    {
        RunOnce(Before);

        RecordingRuntime next = RunOnce(Before.Replace("abcd****", "efgh****", StringComparison.Ordinal));
        var item = (CredentialEvent)Assert.Single(next.Written);
        Assert.Equal(("KeysRotated", "a"), (item.Event, item.CredentialId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("not JSON")]
    [InlineData("""{"format":"CadenzaPS credential state"}""")]
    public void A_file_that_is_no_state_is_an_error_and_stays_as_it_is(string content)
    {
        File.WriteAllText(State, content);

        AssertUnusable("it is empty, incomplete or damaged, or it is another file.");
        Assert.Equal(content, File.ReadAllText(State));
    }

    [Fact]
    public void A_file_that_is_truncated_or_edited_at_any_place_is_never_read_as_another_list()
    {
        RunOnce(Before);
        string whole = File.ReadAllText(State);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllText(State, whole[..length]);
            AssertUnusable("damaged");
        }

        foreach ((string pattern, string by) in new[]
        {
            ("\"count\":2", "\"count\":3"), ("\"a\"", "\"b\""), ("\"a\"", "\"\""),
            ("\"status\":\"VERIFIED\"", "\"status\":1"),
            ("2026-01-02", "yesterday"), ("\"keyMark\":\"", "\"keyMark\":\"ffffffffffffffffff"),
            ("\"OKX\"", "\"\\ud800\""), ("\"version\":1", "\"version\":0"), ("\"time\"", "\"other\""),
        })
        {
            File.WriteAllText(State, new Regex(Regex.Escape(pattern)).Replace(whole, by, 1));
            AssertUnusable("damaged");
        }
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", "a newer version of this module wrote it.")]
    [InlineData(
        "memory.invalid", "uat.example",
        "it belongs to the server uat.example, but the connection is to memory.invalid. Use one state file per "
        + "server.")]
    public void A_file_of_a_newer_version_or_of_another_server_is_not_read(string text, string other, string reason)
    {
        RunOnce(Before);
        File.WriteAllText(State, File.ReadAllText(State).Replace(text, other, StringComparison.Ordinal));

        AssertUnusable(reason);
    }

    [Theory]
    [InlineData("none/fleet.json", "its folder does not exist.")]
    [InlineData("folder", "it is a folder.")]
    public void A_path_that_cannot_be_used_is_an_error_before_anything_is_sent(string path, string reason)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));
        using var server = new WatchServer(Before);

        RecordingRuntime runtime = RunOnce(server, path);

        TextAssert.EndsWith(reason, Assert.Single(runtime.Errors).Message);
        Assert.Empty(server.Polls);
    }

    [Theory]
    [MemberData(nameof(CredentialWatcherTests.IncompleteLists), MemberType = typeof(CredentialWatcherTests))]
    public void An_incomplete_list_is_an_error_and_does_not_replace_the_state(string incomplete)
    {
        RunOnce(Before);
        string state = File.ReadAllText(State);

        RecordingRuntime next = RunOnce(incomplete);

        Assert.Empty(next.Written);
        TextAssert.EndsWith(
            "Nothing was compared. A later run compares with the same state.", Assert.Single(next.Errors).Message);
        Assert.Equal(state, File.ReadAllText(State));
        Assert.Equal(2, RunOnce(After).Written.Count);
    }

    [Fact]
    public void A_first_list_that_fails_creates_no_state()
    {
        using var server = new WatchServer(static _ => WatchServer.Answer(HttpStatusCode.BadGateway, "<html>"));
        RecordingRuntime runtime = RunOnce(server);

        Assert.Equal("CadenzaBadResponse", Assert.Single(runtime.Errors).Id);
        Assert.False(File.Exists(State));
    }

    [Fact]
    public void A_watch_that_goes_on_keeps_the_state_after_each_change()
    {
        using (var server = new WatchServer(Before, Before, After))
        {
            server.Watch(new WatchOptions { State = new StateFile(State), IsLast = static e => e.CredentialId == "b" });
        }

        Assert.Empty(RunOnce(After).Written);
    }

    [Fact]
    public void Events_that_were_not_written_are_written_by_the_next_run()
    {
        RunOnce(Before);
        using (var server = new WatchServer(After))
        {
            server.Watch(new WatchOptions { State = new StateFile(State), IsLast = static _ => true });
        }

        Assert.Equal(["a", "b"], RunOnce(After).Written.Cast<CredentialEvent>().Select(static e => e.CredentialId));
    }

    [Fact]
    public void A_caller_that_stops_while_events_are_written_gets_them_again()
    {
        RunOnce(Before);
        using (var server = new WatchServer(After))
        {
            var stopping = new RecordingRuntime
            {
                OnCall = static call => ChangeRuns.ThrowIf(call == nameof(ICommandRuntime.WriteObject)),
            };
            Assert.Throws<StoppedException>(() => RunOnce(server, runtime: stopping));
        }

        Assert.Equal(2, RunOnce(After).Written.Count);
    }

    private RecordingRuntime RunOnce(string list)
    {
        using var server = new WatchServer(list);
        return RunOnce(server);
    }

    private RecordingRuntime RunOnce(
        WatchServer server, string path = "fleet.json", RecordingRuntime? runtime = null) =>
        server.Watch(new WatchOptions { IsOnce = true, State = new StateFile(Path.Combine(_folder, path)) }, runtime);

    private void AssertUnusable(string reason)
    {
        using var server = new WatchServer(Before);
        RecordingRuntime runtime = RunOnce(server);

        CadenzaErrorReport error = Assert.Single(runtime.Errors);
        Assert.Equal(("CadenzaStateUnusable", true), (error.Id, error.FailsEveryItem));
        TextAssert.Contains(reason, error.Message);
        Assert.Empty(runtime.Written);
        Assert.Empty(server.Polls);
    }
}
