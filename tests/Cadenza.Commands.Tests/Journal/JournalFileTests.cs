using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Tests.Support;
using Cadenza.Commands.Journal;
using Xunit;

namespace Cadenza.Commands.Tests.Journal;

/// <summary>Lines are whole, whoever writes at the same time and whatever a crash left behind, and no other file is ever touched.</summary>
public sealed class JournalFileTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public static TheoryData<string> OtherFiles => new()
    {
        "CredentialId,ApiKey,ApiSecret\na,k,s\n", "CredentialId", "\n", "[1]\n", "\0\0\0\0", "{\n  \"setting\": 1\n}\n", "{\"setting\":1}", "{\"setting\":1}\n{\"setting\":2}\n",
    };

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void A_file_that_is_no_journal_is_refused_and_stays_as_it_is(string content)
    {
        File.WriteAllText(_folder.File, content);
        var file = new JournalFile(_folder.File);

        Assert.Equal(CadenzaErrorKind.JournalUnusable, Assert.Throws<JournalException>(() => file.ReadNew()).Kind);
        JournalException e = Assert.Throws<JournalException>(() => new JournalFile(_folder.File).Append(_ => [JournalFolder.Entry(JournalEvent.Intent)]));

        Assert.Equal((CadenzaErrorKind.JournalUnusable, RequestOutcome.NotSent), (e.Kind, e.Outcome));
        Assert.Equal(content, File.ReadAllText(_folder.File));
    }

    [Fact]
    public void A_file_without_line_feeds_is_refused_before_all_of_it_is_read()
    {
        File.WriteAllText(_folder.File, "{" + new string('x', 1 << 20));

        Assert.Equal(CadenzaErrorKind.JournalUnusable, Assert.Throws<JournalException>(() => _folder.Open()).Kind);
    }

    [Theory]
    [InlineData("no-such-folder/j.jsonl")]
    [InlineData("a-file/j.jsonl")]
    [InlineData("a-folder")]
    public void A_path_where_no_file_can_be_is_refused_before_anything_is_done(string path)
    {
        string folder = Path.GetDirectoryName(_folder.File)!;
        File.WriteAllText(Path.Combine(folder, "a-file"), "x");
        Directory.CreateDirectory(Path.Combine(folder, "a-folder"));

        JournalException e = Assert.Throws<JournalException>(() => ChangeJournal.Open(Path.Combine(folder, path), JournalFolder.Connect()));

        Assert.Equal((CadenzaErrorKind.JournalUnusable, RequestOutcome.NotSent), (e.Kind, e.Outcome));
    }

    [Fact]
    public void A_line_of_a_newer_version_is_not_passed_over()
    {
        File.WriteAllText(_folder.File, "{\"v\":2,\"event\":\"applied\",\"what\":\"of a later day\"}\n");

        JournalException e = Assert.Throws<JournalException>(() => _folder.Open());

        Assert.Equal(CadenzaErrorKind.JournalUnusable, e.Kind);
        Assert.Contains("newer version", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Opening_writes_nothing()
    {
        _folder.Open().Dispose();

        Assert.False(File.Exists(_folder.File) || File.Exists(_folder.LockFile));
    }

    [Fact]
    public async Task A_line_is_in_the_file_before_its_writing_completes()
    {
        using ChangeJournal journal = _folder.Open();
        for (int i = 0; i < 20; i++)
        {
            string id = i.ToString(CultureInfo.InvariantCulture);
            Assert.True(await journal.BeginAsync(JournalFolder.Revoke(id), since: null).Bounded());

            // By another handle, which sees nothing of what the writer's may still hold back.
            Assert.Equal($"Intent revoke {id}", _folder.Story[^1]);
        }
    }

    [Fact]
    public async Task Lines_are_whole_whoever_writes_at_the_same_time()
    {
        const int Tasks = 20;
        const int Each = 25;
        ChangeJournal[] journals = [.. Enumerable.Range(0, 4).Select(_ => _folder.Open())];
        await Task.WhenAll(Enumerable.Range(0, Tasks).Select(task => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                JournaledChange slip = JournalFolder.Revoke($"{task}-{i}");
                Assert.True(await journals[task % journals.Length].BeginAsync(slip, since: null));
                await journals[task % journals.Length].EndAsync(slip, JournalEvent.Applied, null, 1, "r", null, new string('m', i * 40));
            }
        }))).WaitAsync(TimeSpan.FromSeconds(60));

        IReadOnlyList<JournalEntry> entries = _folder.Entries;
        Assert.Equal(Tasks * Each * 2, entries.Count);
        Assert.Equal(Enumerable.Range(1, entries.Count), entries.Select(static entry => (int)entry.Line));
        Assert.All(entries.GroupBy(static entry => entry.CredentialId), static lines => Assert.Equal([JournalEvent.Intent, JournalEvent.Applied], lines.Select(static line => line.Event)));
        Array.ForEach(journals, static journal => journal.Dispose());
    }

    [Fact]
    public async Task Of_several_that_want_the_same_change_one_gets_it()
    {
        ChangeJournal[] journals = [.. Enumerable.Range(0, 4).Select(_ => _folder.Open())];
        for (int i = 0; i < 25; i++)
        {
            string id = i.ToString(CultureInfo.InvariantCulture);
            bool[] chosen = await Task.WhenAll(journals.Select(journal => Task.Run(() => journal.BeginAsync(JournalFolder.Revoke(id), since: null)))).Bounded();
            Assert.Single(chosen, static isChosen => isChosen);
        }

        Assert.Equal(25, _folder.Lines.Length);
        Array.ForEach(journals, static journal => journal.Dispose());
    }

    [Fact]
    public async Task A_change_that_another_run_made_meanwhile_is_not_made_again()
    {
        using ChangeJournal mine = _folder.Open();
        (JournalDecision decision, JournaledChange change) = mine.Decide(JournalFolder.Revoke("a"));
        Assert.Equal(JournalDecision.Proceed, decision);
        await _folder.EndAsync(JournalFolder.Connect(), JournalEvent.Applied, JournalFolder.Revoke("a"));

        Assert.False(await mine.BeginAsync(change, since: null));
        Assert.Equal(["Intent revoke a", "Applied revoke a"], _folder.Story);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_that_another_run_left_open_meanwhile_is_not_begun_as_if_nothing_had_happened(bool endsUnknown)
    {
        using ChangeJournal mine = _folder.Open();
        (JournalDecision decision, JournaledChange change) = mine.Decide(JournalFolder.Create("desk"));
        Assert.Equal(JournalDecision.Proceed, decision);
        if (endsUnknown)
        {
            await _folder.EndAsync(JournalFolder.Connect(), JournalEvent.Unknown, JournalFolder.Create("desk"));
        }
        else
        {
            await _folder.CrashAfterIntentsAsync(JournalFolder.Connect(), since: null, JournalFolder.Create("desk"));
        }

        // The server has to be asked first: a creation that is sent now could make a second one.
        Assert.False(await mine.BeginAsync(change, since: null));
    }

    [Fact]
    public async Task A_journal_that_was_cut_off_anywhere_can_be_read_and_written_on()
    {
        await _folder.EndAsync(JournalFolder.Connect(), JournalEvent.Applied, JournalFolder.Revoke("a"));
        await _folder.CrashAfterIntentsAsync(JournalFolder.Connect(), since: null, JournalFolder.Revoke("b"));
        byte[] whole = await File.ReadAllBytesAsync(_folder.File);
        string[] story = _folder.Story;
        for (int length = 0; length <= whole.Length; length++)
        {
            await File.WriteAllBytesAsync(_folder.File, whole[..length]);
            int lines = whole.Take(length).Count(static b => b == '\n');

            var told = new List<long>();
            IReadOnlyList<JournalEntry> before = ChangeJournal.Read(_folder.File, told.Add);
            Assert.Equal(story.Take(lines), before.Select(static entry => $"{entry.Event} {entry.Action} {entry.CredentialId}"));
            Assert.Equal(length > 0 && whole[length - 1] != '\n' ? [lines + 1L] : [], told);
            new JournalFile(_folder.File).Append(_ => [JournalFolder.Entry(JournalEvent.Intent, id: "after")]);

            // A line of which only the line feed was missing is one after all.
            bool isWhole = length < whole.Length && whole[length] == '\n' && length > 0;
            var bad = new List<long>();
            string[] after = [.. ChangeJournal.Read(_folder.File, bad.Add).Select(static entry => $"{entry.Event} {entry.Action} {entry.CredentialId}")];
            Assert.Equal([.. story.Take(isWhole ? lines + 1 : lines), "Intent revoke after"], after);
            bool isCutOff = length >= "{\"v\":".Length && !isWhole && whole[length - 1] != '\n';
            Assert.Equal(isCutOff ? [lines + 1L] : [], bad);
        }
    }

    [Fact]
    public void A_line_whose_line_feed_only_was_lost_counts_for_whoever_writes_on()
    {
        byte[] applied = JournalFolder.Bytes(JournalFolder.Entry(JournalEvent.Applied));
        File.WriteAllBytes(_folder.File, applied[..^1]);
        var file = new JournalFile(_folder.File);
        Assert.Empty(file.ReadNew());

        var seen = new List<JournalEntry>();
        file.Append(others =>
        {
            seen.AddRange(others);
            return [JournalFolder.Entry(JournalEvent.Intent, id: "after")];
        });

        Assert.Equal(JournalEvent.Applied, Assert.Single(seen).Event);
    }

    [Fact]
    public async Task Garbage_in_the_middle_costs_its_own_line_only()
    {
        await _folder.EndAsync(JournalFolder.Connect(), JournalEvent.Applied, JournalFolder.Revoke("a"));
        await File.AppendAllTextAsync(_folder.File, "\0\0garbage\n\n{\"v\":1}\n");
        await _folder.EndAsync(JournalFolder.Connect(), JournalEvent.Applied, JournalFolder.Revoke("b"));

        var bad = new List<long>();
        Assert.Equal(["a", "a", "b", "b"], ChangeJournal.Read(_folder.File, bad.Add).Select(static entry => entry.CredentialId));
        Assert.Equal([3, 4, 5], bad);
    }

    [Fact]
    public async Task A_journal_is_kept_for_each_server()
    {
        await _folder.EndAsync(JournalFolder.Connect(new Uri("https://one.invalid/")), JournalEvent.Applied, JournalFolder.Revoke("a"));
        using ChangeJournal other = _folder.Open(JournalFolder.Connect(new Uri("https://two.invalid/")));
        using ChangeJournal same = _folder.Open(JournalFolder.Connect(new Uri("https://ONE.invalid/")));

        Assert.Equal(JournalDecision.Proceed, other.Decide(JournalFolder.Revoke("a")).Decision);
        Assert.Equal(JournalDecision.AlreadyApplied, same.Decide(JournalFolder.Revoke("A")).Decision);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_any_more_says_so()
    {
        using ChangeJournal journal = _folder.Open();
        Assert.True(await journal.BeginAsync(JournalFolder.Revoke("a"), since: null));
        File.Delete(_folder.File);
        Directory.CreateDirectory(_folder.File);

        JournalException e = await Assert.ThrowsAsync<JournalException>(() => journal.BeginAsync(JournalFolder.Revoke("b"), since: null).Bounded());

        Assert.Equal((CadenzaErrorKind.JournalUnusable, RequestOutcome.NotSent), (e.Kind, e.Outcome));
        Assert.Contains(_folder.File, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writer_waits_for_the_one_whose_turn_it_is()
    {
        using ChangeJournal journal = _folder.Open();
        Task<bool> waiting;
        using (new FileStream(_folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            waiting = journal.BeginAsync(JournalFolder.Revoke("a"), since: null);
            await Task.Delay(100);
            Assert.False(waiting.IsCompleted);
            Assert.Empty(_folder.Lines);
        }

        Assert.True(await waiting.Bounded());
    }

    public void Dispose() => _folder.Dispose();
}
