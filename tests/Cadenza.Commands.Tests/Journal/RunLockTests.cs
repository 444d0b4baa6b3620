namespace Cadenza.Commands.Tests.Journal;

/// <summary>Whether another run is still active does not depend on a clock or a process id.</summary>
public sealed class RunLockTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    [Theory]
    [InlineData(-500)]
    [InlineData(0)]
    [InlineData(500)]
    public async Task A_run_is_active_whatever_its_clock_shows(int days)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(days));
        using ChangeJournal living = ChangeJournal.Open(_folder.File, JournalFolder.Connect(), clock);
        Assert.True(await living.BeginAsync(JournalFolder.Create("desk"), since: null));

        using ChangeJournal asking = _folder.Open();

        Assert.Equal(JournalDecision.InProgress, asking.Decide(JournalFolder.Create("desk")).Decision);
    }

    [Fact]
    public async Task A_run_on_another_machine_with_a_shared_folder_is_active()
    {
        using ChangeJournal living = _folder.Open();
        Assert.True(await living.BeginAsync(JournalFolder.Revoke("a"), since: null));
        Rewrite("\"host\":\"" + Environment.MachineName, "\"host\":\"elsewhere");

        using ChangeJournal asking = _folder.Open();

        Assert.Equal(JournalDecision.InProgress, asking.Decide(JournalFolder.Revoke("a")).Decision);
    }

    [Fact]
    public async Task A_run_is_active_until_the_outcomes_of_its_changes_are_written()
    {
        ChangeJournal living = _folder.Open();
        Assert.True(await living.BeginAsync(JournalFolder.Revoke("a"), since: null));
        living.Dispose();
        using ChangeJournal asking = _folder.Open();
        (JournalDecision decision, JournaledChange change) = asking.Decide(JournalFolder.Revoke("a"));
        Assert.Equal(JournalDecision.InProgress, decision);

        await living.EndAsync(change, JournalEvent.Unknown, default);

        Assert.False(await asking.BeginAsync(change, since: null));
        Assert.Equal(JournalDecision.Unresolved, asking.DecideAgain(change).Decision);
    }

    [Fact]
    public async Task A_run_that_was_killed_is_not_active_and_its_lock_is_deleted()
    {
        await _folder.CrashAfterIntentsAsync(JournalFolder.Connect(), since: null, JournalFolder.Revoke("a"));

        // The operating system does not delete the file of a process that was killed.
        string run = _folder.Entries[0].RunId;
        string left = $"{_folder.File}.{run}.run";
        await File.WriteAllTextAsync(left, "");
        using ChangeJournal asking = _folder.Open();
        (JournalDecision decision, JournaledChange change) = asking.Decide(JournalFolder.Revoke("a"));

        Assert.Equal(JournalDecision.Unresolved, decision);
        Assert.True(await asking.BeginAsync(change, since: null));
        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task Files_of_others_stay()
    {
        string folder = Path.GetDirectoryName(_folder.File)!;
        string[] others =
        [
            Path.Combine(folder, "x.run"),
            Path.Combine(folder, "j.jsonl.run"),
            Path.Combine(folder, "j.jsonl.not-the-id-of-a-run-of-this-modul.run"),
            Path.Combine(folder, $"k.jsonl.{Guid.NewGuid():N}.run"),
        ];
        Array.ForEach(others, static path => File.WriteAllText(path, ""));

        await _folder.EndAsync(JournalFolder.Connect(), JournalEvent.Applied, JournalFolder.Revoke("a"));

        Assert.All(others, static path => Assert.True(File.Exists(path)));
        Assert.Equal(others.Length, Directory.GetFiles(folder, "*.run").Length);
    }

    [Fact]
    public async Task Several_processes_can_ask_at_the_same_time()
    {
        await _folder.CrashAfterIntentsAsync(JournalFolder.Connect(), since: null, JournalFolder.Revoke("a"));
        string left = $"{_folder.File}.{_folder.Entries[0].RunId}.run";
        await File.WriteAllTextAsync(left, "");

        JournalDecision[] decisions = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() =>
        {
            using ChangeJournal asking = _folder.Open();
            return asking.Decide(JournalFolder.Revoke("a")).Decision;
        })));

        Assert.All(decisions, static decision => Assert.Equal(JournalDecision.Unresolved, decision));
    }

    [Fact]
    public async Task Only_one_of_several_runs_records_the_change_of_a_run_that_was_killed()
    {
        await _folder.CrashAfterIntentsAsync(JournalFolder.Connect(), since: null, JournalFolder.Revoke("a"));
        ChangeJournal[] journals = [.. Enumerable.Range(0, 4).Select(_ => _folder.Open())];
        JournaledChange[] changes = [.. journals.Select(static j => j.Decide(JournalFolder.Revoke("a")).Change)];

        bool[] recorded = await Task.WhenAll(
            journals.Zip(changes, static (journal, change) => journal.TryRecordEarlierAsync(change, default)));

        Assert.Single(recorded, static isRecorded => isRecorded);
        Assert.Equal(["Intent revoke a", "Applied revoke a"], _folder.Story);
        Array.ForEach(journals, static journal => journal.Dispose());
    }

    public void Dispose() => _folder.Dispose();

    private void Rewrite(string old, string text)
    {
        string changed = _folder.Text.Replace(old, text, StringComparison.Ordinal);
        Assert.NotEqual(_folder.Text, changed);
        File.WriteAllText(_folder.File, changed);
    }
}
