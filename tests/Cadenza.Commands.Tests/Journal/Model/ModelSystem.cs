using System.Collections.Concurrent;

namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>A machine with a journal that several processes share, and two servers.</summary>
internal sealed class ModelSystem : IDisposable
{
    private readonly SkippingTimeProvider _time = new();
    private readonly Stack<ModelProcess> _active = new();
    private readonly HashSet<string> _runs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unclear = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _due = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _lastMaker = new(StringComparer.Ordinal);
    private int _processes;
    private JournalCopy? _journal;
    private string? _failure;

    public ModelSystem(ModelSchedule schedule, EventTally tally)
    {
        Tally = tally;
        UsesDisk = schedule.UsesDisk;
        Clock = new ModelClock(_time);
        Servers = [new("a", _time, schedule.Accepted), new("b", _time, schedule.Accepted)];
        Folder = Directory.CreateTempSubdirectory("cadenza-model").FullName;
        JournalPath = Path.Combine(Folder, "j.jsonl");
    }

    public EventTally Tally { get; }

    public bool UsesDisk { get; }

    public ModelClock Clock { get; }

    public IReadOnlyList<ModelServer> Servers { get; }

    public string Folder { get; }

    public string JournalPath { get; }

    public void Execute(ModelCommand command)
    {
        switch (command)
        {
            case RunProcess run:
                using (var process = new ModelProcess(this, run))
                {
                    Run(process);
                }

                break;
            case SetClock set:
                Clock.Set(TimeSpan.FromHours(set.Hours));
                break;
            case PassTime pass:
                _time.Advance(TimeSpan.FromMinutes(pass.Minutes));
                break;
            case CutJournal cut:
                Cut(cut.Bytes);
                break;
        }

        JournalCopy now = ReadJournal();
        new JournalRules(this).Verify(_journal, now);
        _journal = now;
    }

    public void Check(bool isTrue, string rule)
    {
        if (!isTrue)
        {
            Fail(rule);
        }
    }

    /// <summary>Fails the test. The first failure is remembered, because the product handles exceptions.</summary>
    public void Fail(string rule)
    {
        Interlocked.CompareExchange(ref _failure, rule, null);
        ThrowIfFailed();
    }

    /// <summary>Reads what is on the disk now.</summary>
    public JournalCopy ReadJournal() => JournalCopy.Read(JournalPath, _journal);

    /// <summary>Whether the run belongs to a process that has not ended.</summary>
    public bool IsActive(string run) => _active.Any(process => process.RunId == run);

    /// <summary>Whether the run belongs to this process.</summary>
    public bool IsRunOf(ModelProcess process, string run)
    {
        lock (_runs)
        {
            if (process.RunId is null && _runs.Add(run))
            {
                process.RunId = run;
            }

            return process.RunId == run;
        }
    }

    /// <summary>
    /// Whether the journal lacks something about the change: lines, or the time of the server (see "Limits" in
    /// docs/journal.md).
    /// </summary>
    public bool IsUnclear(ModelItem item) => _unclear.Contains(item.Key);

    /// <summary>Remembers that the server did not tell its time, so that a creation is searched by a clock that can be
    /// wrong.</summary>
    public void NoteUnknownTime(ModelItem item)
    {
        lock (_unclear)
        {
            _unclear.Add(item.Key);
        }
    }

    /// <summary>Returns the number of a new process, from 1.</summary>
    public int NextProcessNumber() => Interlocked.Increment(ref _processes);

    /// <summary>Remembers which process made the change.</summary>
    public void NoteMade(ModelItem item, ModelProcess process) => _lastMaker[item.Key] = process.Number;

    /// <summary>Whether a process that started after this one made the change.</summary>
    public bool WasMadeByLater(ModelItem item, ModelProcess process) =>
        _lastMaker.GetValueOrDefault(item.Key) > process.Number;

    /// <summary>Remembers that the server carries out a change later.</summary>
    public void NoteAccepted(ModelItem item) => _due[item.Key] = _time.GetUtcNow() + ModelServer.CompletionTime;

    /// <summary>Whether the server carries out the change later, or has done so.</summary>
    public bool WasAccepted(ModelItem item) => _due.ContainsKey(item.Key);

    /// <summary>Whether the state of the journal and of the server determines what a process does.</summary>
    public bool IsPredictable(ModelItem item)
    {
        bool isUnclear = IsUnclear(item) && item.Action == ChangeAction.Create;
        bool isDueSoon = _due.TryGetValue(item.Key, out DateTimeOffset due)
            && (due - _time.GetUtcNow()).Duration() < TimeSpan.FromMinutes(1);
        return !isUnclear && !isDueSoon;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            throw new RuleException(_failure + "\n" + Encoding.UTF8.GetString(ReadJournal().Bytes));
        }
    }

    private void Run(ModelProcess process)
    {
        _active.Push(process);
        try
        {
            process.Run();
        }
        finally
        {
            _active.Pop();
            ThrowIfFailed();
        }
    }

    private void Cut(int bytes)
    {
        // Between two writes: a concurrent request of the process can be writing its line now.
        using var writers = new JournalLock(JournalPath + ".lock", TimeProvider.System);
        writers.AcquireAsync().GetAwaiter().GetResult();
        JournalCopy before = ReadJournal();
        if (before.Bytes.Length == 0)
        {
            return;
        }

        using (var file = new FileStream(
            JournalPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            file.SetLength(Math.Max(0, before.Bytes.Length - bytes));
        }

        _journal = ReadJournal();
        _unclear.UnionWith(before.Lines.Skip(_journal.Lines.Count).Select(static line => line.Key));
        foreach (ModelProcess process in _active)
        {
            long lost = process.Disk.KnownLength - _journal.Bytes.Length;
            process.IsCut |= lost > 0;
            process.HasLostLines |= lost > 1;
        }
    }
}

/// <summary>A rule does not hold.</summary>
internal sealed class RuleException(string message) : Exception(message);
