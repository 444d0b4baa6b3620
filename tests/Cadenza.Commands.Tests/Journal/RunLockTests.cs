using static Cadenza.Commands.Tests.Journal.JournalFolder;

namespace Cadenza.Commands.Tests.Journal;

/// <summary>Whether another run is still active does not depend on a clock or a process id.</summary>
public sealed class RunLockTests : JournalTest
{
    [Theory]
    [InlineData(-500)]
    [InlineData(0)]
    [InlineData(500)]
    public async Task A_run_is_active_whatever_its_clock_shows(int days)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(days));
        using ChangeJournal living = ChangeJournal.Open(Folder.File, Connect(), clock);
        Assert.True(await living.BeginAsync(Create("desk")));

        using ChangeJournal asking = Folder.Open();

        Assert.Equal(JournalDecision.InProgress, asking.Decide(Create("desk")).Decision);
    }

    [Fact]
    public async Task A_run_on_another_machine_with_a_shared_folder_is_active()
    {
        using ChangeJournal living = Folder.Open();
        Assert.True(await living.BeginAsync(Revoke("a")));
        Rewrite("\"host\":\"" + Environment.MachineName, "\"host\":\"elsewhere");

        using ChangeJournal asking = Folder.Open();

        Assert.Equal(JournalDecision.InProgress, asking.Decide(Revoke("a")).Decision);
    }

    [Fact]
    public async Task A_run_is_active_until_the_outcomes_of_its_changes_are_written()
    {
        ChangeJournal living = Folder.Open();
        Assert.True(await living.BeginAsync(Revoke("a")));
        living.Dispose();
        using ChangeJournal asking = Folder.Open();
        (JournalDecision decision, JournaledChange change) = asking.Decide(Revoke("a"));
        Assert.Equal(JournalDecision.InProgress, decision);

        await living.EndAsync(change, JournalEvent.Unknown, default);

        Assert.False(await asking.BeginAsync(change));
        Assert.Equal(JournalDecision.Unresolved, asking.DecideAgain(change).Decision);
    }

    [Fact]
    public async Task A_run_that_was_killed_is_not_active_and_its_lock_is_deleted()
    {
        string left = await LeaveKilledRunAsync();
        using ChangeJournal asking = Folder.Open();
        (JournalDecision decision, JournaledChange change) = asking.Decide(Revoke("a"));

        Assert.Equal(JournalDecision.Unresolved, decision);
        Assert.True(await asking.BeginAsync(change));
        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task Files_of_others_stay()
    {
        string folder = Path.GetDirectoryName(Folder.File)!;
        string[] others =
        [
            Path.Combine(folder, "x.run"),
            Path.Combine(folder, "j.jsonl.run"),
            Path.Combine(folder, "j.jsonl.not-the-id-of-a-run-of-this-modul.run"),
            Path.Combine(folder, $"k.jsonl.{Guid.NewGuid():N}.run"),
        ];
        Array.ForEach(others, static path => File.WriteAllText(path, ""));

        await Folder.EndAsync(JournalEvent.Applied, Revoke("a"));

        Assert.All(others, static path => Assert.True(File.Exists(path)));
        Assert.Equal(others.Length, Directory.GetFiles(folder, "*.run").Length);
    }

    [Fact]
    public async Task Several_processes_can_ask_at_the_same_time()
    {
        await LeaveKilledRunAsync();

        JournalDecision[] decisions = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() =>
        {
            using ChangeJournal asking = Folder.Open();
            return asking.Decide(Revoke("a")).Decision;
        })));

        Assert.All(decisions, static decision => Assert.Equal(JournalDecision.Unresolved, decision));
    }

    [Fact]
    public async Task Only_one_of_several_runs_records_the_change_of_a_run_that_was_killed()
    {
        await Folder.CrashAfterIntentsAsync(Revoke("a"));
        ChangeJournal[] journals = [.. Enumerable.Range(0, 4).Select(_ => Folder.Open())];
        JournaledChange[] changes = [.. journals.Select(static j => j.Decide(Revoke("a")).Change)];

        bool[] recorded = await Task.WhenAll(
            journals.Zip(changes, static (journal, change) => journal.TryRecordEarlierAsync(change, default)));

        Assert.Single(recorded, static isRecorded => isRecorded);
        Assert.Equal(["Intent revoke a", "Applied revoke a"], Folder.Story);
        Array.ForEach(journals, static journal => journal.Dispose());
    }

    /// <summary>Returns the lock file, which the operating system does not delete when a process is killed.</summary>
    private async Task<string> LeaveKilledRunAsync()
    {
        await Folder.CrashAfterIntentsAsync(Revoke("a"));
        string left = $"{Folder.File}.{Folder.Entries[0].RunId}.run";
        await File.WriteAllTextAsync(left, "");
        return left;
    }

    private void Rewrite(string old, string text)
    {
        string changed = Folder.Text.Replace(old, text, StringComparison.Ordinal);
        Assert.NotEqual(Folder.Text, changed);
        File.WriteAllText(Folder.File, changed);
    }
}
