using static Cadenza.Commands.Tests.Journal.JournalFolder;

namespace Cadenza.Commands.Tests.Journal;

/// <summary>
/// Lines are complete with concurrent writers and after a crash, and other files are never changed.
/// </summary>
public sealed class JournalFileTests : JournalTest
{
    public static TheoryData<string> OtherFiles => new()
    {
        "CredentialId,ApiKey,ApiSecret\na,k,s\n", "CredentialId", "\n", "[1]\n", "\0\0\0\0",
        "{\n  \"setting\": 1\n}\n", "{\"setting\":1}", "{\"setting\":1}\n{\"setting\":2}\n",
    };

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public async Task A_file_that_is_not_a_journal_is_rejected_and_unchanged(string content)
    {
        File.WriteAllText(Folder.File, content);
        using var file = new JournalFile(Folder.File);

        Assert.Equal(CadenzaErrorKind.JournalUnusable, Assert.Throws<JournalException>(() => file.ReadNew()).Kind);
        JournalException e = await Assert.ThrowsAsync<JournalException>(
            () => Folder.AppendAsync(Entry(JournalEvent.Intent)));

        Assert.Equal((CadenzaErrorKind.JournalUnusable, RequestOutcome.NotSent), (e.Kind, e.Outcome));
        Assert.Equal(content, File.ReadAllText(Folder.File));
    }

    [Fact]
    public void A_file_without_line_feeds_is_rejected_before_it_is_read_completely()
    {
        File.WriteAllText(Folder.File, "{" + new string('x', 1 << 20));

        Assert.Equal(CadenzaErrorKind.JournalUnusable, Assert.Throws<JournalException>(() => Folder.Open()).Kind);
    }

    [Theory]
    [InlineData("no-such-folder/j.jsonl")]
    [InlineData("a-file/j.jsonl")]
    [InlineData("a-folder")]
    public void A_path_that_cannot_be_a_file_is_rejected_before_the_first_change(string path)
    {
        string folder = Path.GetDirectoryName(Folder.File)!;
        File.WriteAllText(Path.Combine(folder, "a-file"), "x");
        Directory.CreateDirectory(Path.Combine(folder, "a-folder"));

        JournalException e = Assert.Throws<JournalException>(
            () => ChangeJournal.Open(Path.Combine(folder, path), Connect()));

        Assert.Equal((CadenzaErrorKind.JournalUnusable, RequestOutcome.NotSent), (e.Kind, e.Outcome));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"v\":1,\"event\":\"intent\"}\n")]
    public void A_line_of_a_newer_version_is_an_error(string before)
    {
        File.WriteAllText(Folder.File, before + "{\"v\":2,\"event\":\"applied\",\"what\":\"of a later day\"}\n");

        JournalException e = Assert.Throws<JournalException>(() => Folder.Open());

        Assert.Equal(CadenzaErrorKind.JournalUnusable, e.Kind);
        TextAssert.Contains("newer version", e.Message);
    }

    [Fact]
    public void Opening_writes_nothing()
    {
        Folder.Open().Dispose();

        Assert.False(File.Exists(Folder.File) || File.Exists(Folder.LockFile));
    }

    [Fact]
    public async Task A_line_is_in_the_file_before_its_write_completes()
    {
        using ChangeJournal journal = Folder.Open();
        for (int i = 0; i < 20; i++)
        {
            Assert.True(await journal.BeginAsync(Revoke($"{i}")));

            // Read with another handle, which does not see unflushed data of the writer.
            Assert.Equal($"Intent revoke {i}", Folder.Story[^1]);
        }
    }

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public async Task Concurrent_writers_write_complete_lines()
    {
        const int Tasks = 20;
        const int Each = 25;
        ChangeJournal[] journals = [.. Enumerable.Range(0, 4).Select(_ => Folder.Open())];
        await Task.WhenAll(Enumerable.Range(0, Tasks).Select(task => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                JournaledChange journaled = Revoke($"{task}-{i}");
                Assert.True(await journals[task % journals.Length].BeginAsync(journaled));
                await journals[task % journals.Length].EndAsync(
                    journaled, JournalEvent.Applied, new JournalResult(null, 1, "r", null, new string('m', i * 40)));
            }
        }))).WaitAsync(TimeSpan.FromSeconds(60));

        IReadOnlyList<JournalEntry> entries = Folder.Entries;
        Assert.Equal(Tasks * Each * 2, entries.Count);
        Assert.Equal(Enumerable.Range(1, entries.Count), entries.Select(static entry => (int)entry.Line));
        Assert.All(entries.GroupBy(static entry => entry.CredentialId), static lines => Assert.Equal(
            [JournalEvent.Intent, JournalEvent.Applied], lines.Select(static line => line.Event)));
        Array.ForEach(journals, static journal => journal.Dispose());
    }

    [Fact]
    public async Task Only_one_of_several_runs_starts_the_same_change()
    {
        ChangeJournal[] journals = [.. Enumerable.Range(0, 4).Select(_ => Folder.Open())];
        for (int i = 0; i < 25; i++)
        {
            bool[] chosen = await Task.WhenAll(journals.Select(j => Task.Run(() => j.BeginAsync(Revoke($"{i}")))));
            Assert.Single(chosen, static isChosen => isChosen);
        }

        Assert.Equal(25, Folder.Lines.Length);
        Array.ForEach(journals, static journal => journal.Dispose());
    }

    [Fact]
    public async Task A_change_that_another_run_made_after_the_decision_is_not_started()
    {
        using ChangeJournal mine = Folder.Open();
        (JournalDecision decision, JournaledChange change) = mine.Decide(Revoke("a"));
        Assert.Equal(JournalDecision.Proceed, decision);
        await Folder.EndAsync(JournalEvent.Applied, Revoke("a"));

        Assert.False(await mine.BeginAsync(change));
        Assert.Equal(["Intent revoke a", "Applied revoke a"], Folder.Story);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_that_another_run_left_unresolved_after_the_decision_is_not_started(bool endsUnknown)
    {
        using ChangeJournal mine = Folder.Open();
        (JournalDecision decision, JournaledChange change) = mine.Decide(Create("desk"));
        Assert.Equal(JournalDecision.Proceed, decision);
        await (endsUnknown
            ? Folder.EndAsync(JournalEvent.Unknown, Create("desk"))
            : Folder.CrashAfterIntentsAsync(Create("desk")));

        // The change must be reconciled first: sending it now could create a second credential.
        Assert.False(await mine.BeginAsync(change));
    }

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public async Task A_journal_that_was_truncated_anywhere_can_be_read_and_continued()
    {
        await Folder.EndAsync(JournalEvent.Applied, Revoke("a"));
        await Folder.CrashAfterIntentsAsync(Revoke("b"));
        byte[] whole = await File.ReadAllBytesAsync(Folder.File);
        string[] story = Folder.Story;
        for (int length = 0; length <= whole.Length; length++)
        {
            await File.WriteAllBytesAsync(Folder.File, whole[..length]);
            int lines = whole.Take(length).Count(static b => b == '\n');

            var told = new List<long>();
            Assert.Equal(story.Take(lines), Tell(ChangeJournal.Read(Folder.File, told.Add)));
            Assert.Equal(length > 0 && whole[length - 1] != '\n' ? [lines + 1L] : [], told);
            await Folder.AppendAsync(Entry(JournalEvent.Intent, id: "after"));

            // A line without its line feed is a valid line.
            bool isWhole = length < whole.Length && whole[length] == '\n' && length > 0;
            var bad = new List<long>();
            Assert.Equal(
                [.. story.Take(isWhole ? lines + 1 : lines), "Intent revoke after"],
                Tell(ChangeJournal.Read(Folder.File, bad.Add)));
            bool isCutOff = length >= "{\"v\":".Length && !isWhole && whole[length - 1] != '\n';
            Assert.Equal(isCutOff ? [lines + 1L] : [], bad);
        }
    }

    [Fact]
    public async Task A_line_without_its_line_feed_is_valid_for_the_next_writer()
    {
        byte[] applied = Bytes(Entry(JournalEvent.Applied));
        File.WriteAllBytes(Folder.File, applied[..^1]);
        using var file = new JournalFile(Folder.File);
        Assert.Empty(file.ReadNew());

        var seen = new List<JournalEntry>();
        await file.AppendAsync("run", others =>
        {
            seen.AddRange(others);
            return [Entry(JournalEvent.Intent, id: "after")];
        });

        Assert.Equal(JournalEvent.Applied, Assert.Single(seen).Event);
    }

    [Fact]
    public async Task Garbage_in_the_middle_makes_only_its_own_line_unreadable()
    {
        await Folder.EndAsync(JournalEvent.Applied, Revoke("a"));
        await File.AppendAllTextAsync(Folder.File, "\0\0garbage\n\n{\"v\":1}\n");
        await Folder.EndAsync(JournalEvent.Applied, Revoke("b"));

        var bad = new List<long>();
        Assert.Equal(
            ["a", "a", "b", "b"], ChangeJournal.Read(Folder.File, bad.Add).Select(static entry => entry.CredentialId));
        Assert.Equal([3, 4, 5], bad);
    }

    [Fact]
    public async Task A_journal_separates_servers()
    {
        await Folder.EndAsync(Connect(new Uri("https://one.invalid/")), JournalEvent.Applied, Revoke("a"));
        using ChangeJournal other = Folder.Open(Connect(new Uri("https://two.invalid/")));
        using ChangeJournal same = Folder.Open(Connect(new Uri("https://ONE.invalid/")));

        Assert.Equal(JournalDecision.Proceed, other.Decide(Revoke("a")).Decision);
        Assert.Equal(JournalDecision.AlreadyApplied, same.Decide(Revoke("a")).Decision);
    }

    [Fact]
    public async Task A_journal_that_can_no_longer_be_written_is_an_error()
    {
        using ChangeJournal journal = Folder.Open();
        Assert.True(await journal.BeginAsync(Revoke("a")));
        File.Delete(Folder.File);
        Directory.CreateDirectory(Folder.File);

        JournalException e = await Assert.ThrowsAsync<JournalException>(() => journal.BeginAsync(Revoke("b")));

        Assert.Equal((CadenzaErrorKind.JournalUnusable, RequestOutcome.NotSent), (e.Kind, e.Outcome));
        TextAssert.Contains(Folder.File, e.Message);
    }

    [Fact]
    public async Task A_writer_waits_for_the_lock_of_another_writer()
    {
        using ChangeJournal journal = Folder.Open();
        Task<bool> waiting;
        using (new FileStream(Folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            waiting = journal.BeginAsync(Revoke("a"));
            await Task.Delay(100);
            Assert.False(waiting.IsCompleted);
            Assert.Empty(Folder.Lines);
        }

        Assert.True(await waiting.Bounded());
    }
}
