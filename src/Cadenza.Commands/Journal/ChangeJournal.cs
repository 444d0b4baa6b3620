using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Commands.Connections;

namespace Cadenza.Commands.Journal;

/// <summary>
/// The journal of a changing command: a file with a line before each change and one after it, by which a run that broke off is taken up
/// again. A change's first line is on the disk before its request leaves. Safe for concurrent use, and for several processes.
/// </summary>
public sealed class ChangeJournal : IDisposable
{
    private readonly object _lock = new();
    private readonly JournalFile _file;
    private readonly CadenzaConnection _connection;
    private readonly RunIdentity _run = new();
    private readonly JournalState _state;
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private List<Pending> _pending = [];
    private bool _isWriting;

    private ChangeJournal(string path, CadenzaConnection connection)
    {
        _file = new JournalFile(path);
        _connection = connection;
        _state = new JournalState(_run.Id);
        _state.Take(_file.ReadNew());
    }

    /// <summary>The file.</summary>
    public string Path => _file.Path;

    /// <summary>How many changes were left out because they were made before.</summary>
    internal int Skipped { get; private set; }

    /// <summary>When the last change of an earlier run was made.</summary>
    internal DateTimeOffset? LastApplied
    {
        get
        {
            lock (_lock)
            {
                return _state.LastApplied;
            }
        }
    }

    /// <summary>Opens a journal, which need not exist yet: it is made with its first line.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="connection">Where the changes are made. A journal can hold those of several servers and keeps them apart.</param>
    /// <exception cref="JournalException"><see cref="CadenzaErrorKind.JournalUnusable"/>: the file is no journal, or cannot be read.</exception>
    public static ChangeJournal Open(string path, CadenzaConnection connection) => new(path, connection);

    /// <summary>Reads a journal.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="onBadLine">Is told the number of each line that is none, as after a crash.</param>
    /// <exception cref="JournalException"><see cref="CadenzaErrorKind.JournalUnusable"/>: the file is no journal, or cannot be read.</exception>
    public static IReadOnlyList<JournalEntry> Read(string path, Action<long> onBadLine) => new JournalFile(path).ReadNew(onBadLine);

    /// <summary>
    /// The line that tells how each change stands, in the order in which the changes were begun. One that was made stays made, also where
    /// it was wanted once more and refused for that.
    /// </summary>
    public static IEnumerable<JournalEntry> TakeLatest(IEnumerable<JournalEntry> entries) =>
        entries.GroupBy(static entry => entry.Key, StringComparer.Ordinal).Select(static lines =>
            lines.Last() is { Event: JournalEvent.Rejected or JournalEvent.NotSent } last
                ? lines.LastOrDefault(static line => line.Event == JournalEvent.Applied) ?? last
                : lines.Last());

    /// <inheritdoc/>
    public void Dispose() => _run.Dispose();

    /// <summary>Decides whether a change may be sent. The change that comes back knows what the decision was based on.</summary>
    internal (JournalDecision Decision, JournaledChange Change) Decide(JournaledChange change)
    {
        lock (_lock)
        {
            // The same change may be wanted several times in one run: as many as were made are skipped.
            string key = KeyOf(change);
            int before = _seen.TryGetValue(key, out int count) ? count : 0;
            _seen[key] = before + 1;
            (JournalDecision decision, JournaledChange decided) = DecideAgain(change with { Occurrence = before });
            Skipped += decision == JournalDecision.AlreadyApplied ? 1 : 0;
            return (decision, decided);
        }
    }

    /// <summary>Decides once more about a change, by what other runs have written since.</summary>
    internal (JournalDecision Decision, JournaledChange Change) DecideAgain(JournaledChange change)
    {
        lock (_lock)
        {
            JournalState.Standing standing = _state.Of(KeyOf(change));
            JournalDecision decision = change.Occurrence < standing.Applied ? JournalDecision.AlreadyApplied
                : standing.Open is null ? JournalDecision.Proceed
                : IsHeld(standing.Open) ? JournalDecision.InProgress : JournalDecision.Unresolved;
            return (decision, change with { Unresolved = standing.Open });
        }
    }

    /// <summary>Writes the line before a change; false where another run wrote of it since it was asked about.</summary>
    /// <exception cref="JournalException">It could not be written.</exception>
    internal Task<bool> BeginAsync(JournaledChange change, DateTimeOffset? since) =>
        WriteAsync(Entry(change, JournalEvent.Intent) with { Since = since }, change);

    /// <summary>Writes the line after a change.</summary>
    /// <exception cref="JournalException">It could not be written.</exception>
    internal Task EndAsync(JournaledChange change, JournalEvent outcome, CadenzaCredential? credential, int attempts, string? requestId, string? errorId, string? message) =>
        WriteAsync(Entry(change, outcome) with
        {
            CredentialId = change.CredentialId ?? credential?.CredentialId,
            Venue = change.Venue ?? credential?.Venue,
            Nickname = change.Nickname ?? credential?.Nickname,
            Attempts = attempts,
            RequestId = requestId,
            ErrorId = errorId,
            Message = message,
        });

    private string KeyOf(JournaledChange change) => JournalEntry.KeyOf(_connection.Host, change.Action, change.CredentialId, change.Venue, change.Nickname);

    private bool IsHeld(JournalEntry line) => line.Event == JournalEvent.Intent && _run.IsAlive(line);

    private JournalEntry Entry(JournaledChange change, JournalEvent kind) => new()
    {
        Time = DateTimeOffset.UtcNow,
        Event = kind,
        Action = change.Action,
        CredentialId = change.CredentialId,
        Venue = change.Venue,
        Nickname = change.Nickname,
        Environment = _connection.Environment,
        Server = _connection.Host,
        SignedInAs = _connection.User,
        User = _run.User,
        Host = _run.Host,
        ProcessId = RunIdentity.ProcessId,
        RunId = _run.Id,
    };

    /// <summary>Lines that come while others are written go to the disk together.</summary>
    private Task<bool> WriteAsync(JournalEntry entry, JournaledChange? intentOf = null)
    {
        var pending = new Pending(entry, intentOf);
        lock (_lock)
        {
            _pending.Add(pending);
            if (!_isWriting)
            {
                _isWriting = true;
                _ = Task.Run(WriteAll);
            }
        }

        return pending.Written.Task;
    }

    private void WriteAll()
    {
        while (true)
        {
            List<Pending> batch;
            lock (_lock)
            {
                if (_pending.Count == 0)
                {
                    _isWriting = false;
                    return;
                }

                batch = _pending;
                _pending = [];
            }

            try
            {
                _file.Append(others => Choose(batch, others));
                batch.ForEach(static pending => pending.Written.TrySetResult(pending.IsChosen));
            }
            catch (Exception e)
            {
                batch.ForEach(pending => pending.Written.TrySetException(e));
            }
        }
    }

    private List<JournalEntry> Choose(List<Pending> batch, IReadOnlyList<JournalEntry> others)
    {
        var lines = new List<JournalEntry>(batch.Count);
        lock (_lock)
        {
            _state.Take(others);
            foreach (Pending pending in batch)
            {
                pending.IsChosen = pending.IntentOf is null || IsAsKnown(pending.IntentOf);
                if (pending.IsChosen)
                {
                    lines.Add(pending.Entry);
                }
            }
        }

        return lines;
    }

    /// <summary>A change may be begun only from what its caller knew, who may have had to ask the server about it first.</summary>
    private bool IsAsKnown(JournaledChange change)
    {
        JournalState.Standing standing = _state.Of(KeyOf(change));
        return change.Occurrence >= standing.Applied && (standing.Open is null || (standing.Open == change.Unresolved && !IsHeld(standing.Open)));
    }

    private sealed class Pending(JournalEntry entry, JournaledChange? intentOf)
    {
        public JournaledChange? IntentOf { get; } = intentOf;

        public JournalEntry Entry { get; } = entry;

        public bool IsChosen { get; set; }

        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
