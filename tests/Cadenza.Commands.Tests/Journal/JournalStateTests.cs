using System.Diagnostics;
using System.Runtime.Versioning;
using static Cadenza.Commands.Tests.Journal.JournalFolder;

namespace Cadenza.Commands.Tests.Journal;

/// <summary>The state of changes in a journal, and the detection of active runs.</summary>
public sealed class JournalStateTests : JournalTest
{
    private static readonly DateTimeOffset Since = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", false, null)]
    [InlineData("Intent", false, "Intent")]
    [InlineData("Intent Applied", true, null)]
    [InlineData("Intent Rejected", false, null)]
    [InlineData("Intent NotSent", false, null)]
    [InlineData("Intent Unknown", false, "Unknown")]
    [InlineData("Intent Intent", false, "Intent")]
    [InlineData("Intent Unknown Intent", false, "Intent")]
    [InlineData("Intent Unknown Intent Applied", true, null)]
    [InlineData("Intent Unknown Applied", true, null)]
    [InlineData("Intent Unknown Intent Rejected", false, null)]
    [InlineData("Intent Applied Intent", true, "Intent")]
    [InlineData("Intent Applied Intent Applied", true, null)]
    [InlineData("Intent Applied Intent Unknown", true, "Unknown")]
    [InlineData("Intent Applied Intent Rejected", true, null)]
    [InlineData("Applied", true, null)]
    public void Lines_are_summarized(string events, bool isApplied, string? unresolved)
    {
        var state = new JournalState("own");
        state.Add(events.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static name => Entry(name)));

        JournalState.Summary summary = state.Get(Entry(JournalEvent.Intent).Key);

        Assert.Equal((isApplied, unresolved), (summary.IsApplied, summary.Unresolved?.Event));
    }

    [Fact]
    public void An_unknown_outcome_keeps_the_time_of_its_intent()
    {
        var state = new JournalState("own");
        JournalEntry intent = Entry(JournalEvent.Intent, "create", id: null) with { Since = Since };
        state.Add([intent, intent with { Event = JournalEvent.Unknown, Since = null }]);

        JournalEntry unresolved = state.Get(intent.Key).Unresolved!;
        Assert.Equal((JournalEvent.Unknown, Since), (unresolved.Event, unresolved.Since));
    }

    [Fact]
    public void Lines_of_the_same_run_are_ignored()
    {
        var state = new JournalState("own");
        state.Add([Entry(JournalEvent.Applied, run: "own")]);

        Assert.Equal(default, state.Get(Entry(JournalEvent.Applied).Key));
        Assert.Null(state.LastApplied);
    }

    [Theory]
    [InlineData(JournalEvent.Applied, "AlreadyApplied")]
    [InlineData(JournalEvent.Rejected, "Proceed")]
    [InlineData(JournalEvent.NotSent, "Proceed")]
    [InlineData(JournalEvent.Unknown, "Unresolved")]
    [InlineData(JournalEvent.Accepted, "Unresolved")]
    public async Task The_decision_after_an_earlier_run_that_ended_with(string outcome, string decision)
    {
        await Folder.EndAsync(outcome, Rotate("a"));
        using ChangeJournal journal = Folder.Open();

        Assert.Equal(decision, journal.Decide(Rotate("a")).Decision.ToString());
        Assert.Equal("Proceed", journal.Decide(Revoke("a")).Decision.ToString());
        Assert.Equal("Proceed", journal.Decide(Rotate("b")).Decision.ToString());
        Assert.Equal(outcome == JournalEvent.Applied ? 1 : 0, journal.Skipped);
        Assert.Equal(outcome == JournalEvent.Applied, journal.LastApplied is not null);
    }

    [Fact]
    public async Task The_decision_is_unresolved_after_a_crashed_run_and_in_progress_beside_an_active_run()
    {
        using ChangeJournal living = Folder.Open();
        await living.BeginAsync(Rotate("a"));
        await Folder.CrashAfterIntentsAsync(Connect(), Since, Create("b"));
        using ChangeJournal journal = Folder.Open();

        Assert.Equal(JournalDecision.InProgress, journal.Decide(Rotate("a")).Decision);
        (JournalDecision decision, JournaledChange change) = journal.Decide(Create("b"));
        Assert.Equal((JournalDecision.Unresolved, Since), (decision, change.Unresolved!.Since));
    }

    [Theory]
    [InlineData("Applied", false, "AlreadyApplied")]
    [InlineData("Applied", true, "Unverified")]
    [InlineData("Applied Applied:Verified", false, "AlreadyApplied")]
    [InlineData("Applied Applied:Verified", true, "AlreadyApplied")]
    [InlineData("Applied Applied:NotYetKnown", false, "AlreadyApplied")]
    [InlineData("Applied Applied:NotYetKnown", true, "Unverified")]
    [InlineData("Applied Applied:NotVerified", false, "Proceed")]
    [InlineData("Applied Applied:NotVerified", true, "Proceed")]
    [InlineData("Applied:NotVerified Intent", true, "Unresolved")]
    [InlineData("Applied:NotVerified Intent Rejected", true, "Proceed")]
    [InlineData("Applied:NotVerified Intent Applied", true, "Unverified")]
    [InlineData("Applied:NotVerified Intent Applied Applied:Verified", true, "AlreadyApplied")]
    [InlineData("Applied:NotYetKnown Intent", true, "Unverified")]
    public async Task The_decision_depends_on_whether_the_exchange_accepted_the_keys(
        string events, bool isVerified, string decision)
    {
        JournaledChange change = Rotate("a") with { IsVerified = isVerified };
        await Folder.AppendAsync([.. events.Split(' ').Select(static text => Line(text.Split(':')))]);
        using ChangeJournal journal = Folder.Open();

        (JournalDecision actual, JournaledChange decided) = journal.Decide(change);

        Assert.Equal((decision, decision), (actual.ToString(), decided.Decision.ToString()));
        Assert.Equal(decision != "AlreadyApplied", await journal.BeginAsync(decided));

        static JournalEntry Line(string[] parts) => Entry(parts[0], "rotate") with
        {
            Server = Connect().Host,
            Verified = parts.Length > 1 ? parts[1] : null,
        };
    }

    [Fact]
    public void The_latest_lines_have_the_order_in_which_the_changes_were_started()
    {
        JournalEntry[] lines =
        [
            Entry(JournalEvent.Intent, id: "b"), Entry(JournalEvent.Intent, id: "a"),
            Entry(JournalEvent.Applied, id: "a"), Entry(JournalEvent.Unknown, id: "b"),
        ];

        Assert.Equal(
            ["Unknown b", "Applied a"],
            ChangeJournal.TakeLatest(lines).Select(static entry => $"{entry.Event} {entry.CredentialId}"));
    }

    [Fact]
    public async Task A_process_of_an_older_version_is_active_until_it_has_exited()
    {
        var asking = new RunIdentity("/journal");
        using Process process = Process.Start(
            new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        JournalEntry line = Line("r", process.Id, asking.Host);
        process.Kill();
        await process.WaitForExitAsync();

        Assert.All(
            [line.ProcessId, int.MaxValue, 0, -1], id => Assert.False(asking.IsAlive(line with { ProcessId = id })));
    }

    [LinuxFact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_zombie_process_is_not_active()
    {
        // As in a container without an init process: the killed process stays in the process table.
        var asking = new RunIdentity("/journal");
        using Process parent = Process.Start(
            new ProcessStartInfo("sh", ["-c", "exec 3<&0; cat <&3 & echo $!; exec sleep 60"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            int zombie = int.Parse((await parent.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);

            // Kill the child only after the shell was replaced by a program that does not reap children.
            await WaitUntilAsync(() => File.ReadAllText($"/proc/{parent.Id}/comm").Trim() == "sleep");
            parent.StandardInput.Close();
            await WaitUntilAsync(
                () => File.ReadAllText($"/proc/{zombie}/stat").Contains(") Z ", StringComparison.Ordinal));

            Assert.False(asking.IsAlive(Line("r", zombie, asking.Host)));
        }
        finally
        {
            parent.Kill();
        }
    }

    [Fact]
    public void A_process_that_started_after_the_line_did_not_write_it()
    {
        var asking = new RunIdentity("/journal");

        // A program of every system that runs until its input ends.
        using Process process = Process.Start(
            new ProcessStartInfo("sort") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            JournalEntry line = Line("r", process.Id, asking.Host);
            Assert.True(asking.IsAlive(line));
            Assert.False(asking.IsAlive(line with { Time = DateTimeOffset.UtcNow.AddHours(-1) }));
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public void A_run_on_another_machine_is_not_active()
    {
        var asking = new RunIdentity("/journal");

        Assert.False(asking.IsAlive(Line(asking.Id, RunIdentity.ProcessId, asking.Host + "-2")));
    }

    [Theory]
    [InlineData("Applied Rejected", "Applied")]
    [InlineData("Applied Intent NotSent", "Applied")]
    [InlineData("Applied Intent", "Intent")]
    [InlineData("Applied Unknown", "Unknown")]
    [InlineData("Unknown Rejected", "Rejected")]
    [InlineData("Rejected Intent Applied", "Applied")]
    public void The_latest_line_of_a_change_is_its_state(string events, string expected)
    {
        JournalEntry[] lines = [.. events.Split(' ').Select(static name => Entry(name))];

        Assert.Equal(expected, Assert.Single(ChangeJournal.TakeLatest(lines)).Event);
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        for (int i = 0; !condition(); i++)
        {
            Assert.True(i < 500, "The condition was not met in time.");
            await Task.Delay(20);
        }
    }

    private static JournalEntry Line(string run, int pid, string host) =>
        Entry(JournalEvent.Intent, run: run, pid: pid) with { Host = host, Time = DateTimeOffset.UtcNow };
}
