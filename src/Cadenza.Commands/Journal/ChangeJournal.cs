using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Commands.Connections;

namespace Cadenza.Commands.Journal;

/// <summary>
/// The journal of a command that changes credentials: a file with one line before and one line after each change, so
/// that a run that was interrupted can be resumed. The first line is on the disk before the request is sent. Safe for
/// concurrent use by several threads and processes.
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
        _state.Add(_file.ReadNew());
    }

    /// <summary>The full path of the file.</summary>
    public string Path => _file.Path;

    /// <summary>The number of changes that were skipped because the journal lists them as already made.</summary>
    internal int Skipped { get; private set; }

    /// <summary>When the last change of another run was made; null if there is none.</summary>
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

    /// <summary>Opens a journal. The file need not exist: the first line creates it.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="connection">
    /// The connection on which the changes are made. A journal can contain the changes of several servers; each change
    /// is compared with those of the same server only.
    /// </param>
    /// <exception cref="JournalException">
    /// <see cref="CadenzaErrorKind.JournalUnusable"/>: the file is not a journal or cannot be read.
    /// </exception>
    public static ChangeJournal Open(string path, CadenzaConnection connection) => new(path, connection);

    /// <summary>Reads a journal.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="onBadLine">
    /// Called with the number of each line that cannot be read, for example after a crash.
    /// </param>
    /// <exception cref="JournalException">
    /// <see cref="CadenzaErrorKind.JournalUnusable"/>: the file is not a journal or cannot be read.
    /// </exception>
    public static IReadOnlyList<JournalEntry> Read(string path, Action<long> onBadLine) =>
        new JournalFile(path).ReadNew(onBadLine);

    /// <summary>
    /// Returns the line with the current state of each change, in the order in which the changes were started. A change
    /// that was made stays made, even if it was requested again and the server rejected the second request.
    /// </summary>
    public static IEnumerable<JournalEntry> TakeLatest(IEnumerable<JournalEntry> entries) =>
        entries.GroupBy(static entry => entry.Key, StringComparer.Ordinal).Select(static lines =>
            lines.Last() is { Event: JournalEvent.Rejected or JournalEvent.NotSent } last
                ? lines.LastOrDefault(static line => line.Event == JournalEvent.Applied) ?? last
                : lines.Last());

    /// <inheritdoc/>
    public void Dispose() => _run.Dispose();

    /// <summary>
    /// Decides whether a change may be sent. The returned change contains the line that the decision used.
    /// </summary>
    internal (JournalDecision Decision, JournaledChange Change) Decide(JournaledChange change)
    {
        lock (_lock)
        {
            // A run may request the same change several times. It skips as many of them as were already made.
            string key = GetKey(change);
            int before = _seen.TryGetValue(key, out int count) ? count : 0;
            _seen[key] = before + 1;
            (JournalDecision decision, JournaledChange decided) = DecideAgain(change with { Occurrence = before });
            Skipped += decision == JournalDecision.AlreadyApplied ? 1 : 0;
            return (decision, decided);
        }
    }

    /// <summary>Decides again about a change, after other runs have written lines.</summary>
    internal (JournalDecision Decision, JournaledChange Change) DecideAgain(JournaledChange change)
    {
        lock (_lock)
        {
            JournalState.Summary summary = _state.Get(GetKey(change));
            JournalDecision decision = change.Occurrence < summary.Applied ? JournalDecision.AlreadyApplied
                : summary.Unresolved is null ? JournalDecision.Proceed
                : IsInProgress(summary.Unresolved) ? JournalDecision.InProgress : JournalDecision.Unresolved;
            return (decision, change with { Unresolved = summary.Unresolved });
        }
    }

    /// <summary>
    /// Writes the line before a change. Returns false if another run has written about the change since the decision.
    /// </summary>
    /// <exception cref="JournalException">The line could not be written.</exception>
    internal Task<bool> BeginAsync(JournaledChange change, DateTimeOffset? since) =>
        WriteAsync(CreateEntry(change, JournalEvent.Intent) with { Since = since }, change);

    /// <summary>Writes the line after a change.</summary>
    /// <exception cref="JournalException">The line could not be written.</exception>
    internal Task EndAsync(
        JournaledChange change,
        string outcome,
        CadenzaCredential? credential,
        int attempts,
        string? requestId,
        string? errorId,
        string? message) =>
        WriteAsync(CreateEntry(change, outcome) with
        {
            CredentialId = change.CredentialId ?? credential?.CredentialId,
            Venue = change.Venue ?? credential?.Venue,
            Nickname = change.Nickname ?? credential?.Nickname,
            Attempts = attempts,
            RequestId = requestId,
            ErrorId = errorId,
            Message = message,
        });

    private string GetKey(JournaledChange change) =>
        JournalEntry.CreateKey(_connection.Host, change.Action, change.CredentialId, change.Venue, change.Nickname);

    private bool IsInProgress(JournalEntry line) => line.Event == JournalEvent.Intent && _run.IsAlive(line);

    private JournalEntry CreateEntry(JournaledChange change, string kind) => new()
    {
        Time = _connection.TimeProvider.GetUtcNow(),
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

    /// <summary>Lines that arrive during a write are written together afterwards.</summary>
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
                _file.Append(others => SelectLines(batch, others));
                batch.ForEach(static pending => pending.Written.TrySetResult(pending.IsWritten));
            }
            catch (Exception e)
            {
                batch.ForEach(pending => pending.Written.TrySetException(e));
            }
        }
    }

    private List<JournalEntry> SelectLines(List<Pending> batch, IReadOnlyList<JournalEntry> others)
    {
        var lines = new List<JournalEntry>(batch.Count);
        lock (_lock)
        {
            _state.Add(others);
            foreach (Pending pending in batch)
            {
                pending.IsWritten = pending.IntentOf is null || IsUpToDate(pending.IntentOf);
                if (pending.IsWritten)
                {
                    lines.Add(pending.Entry);
                }
            }
        }

        return lines;
    }

    /// <summary>
    /// Whether the decision about a change is still valid. If there is a newer unresolved line, the change must be
    /// reconciled again before it starts.
    /// </summary>
    private bool IsUpToDate(JournaledChange change)
    {
        JournalState.Summary summary = _state.Get(GetKey(change));
        return change.Occurrence >= summary.Applied
            && (summary.Unresolved is null
                || (summary.Unresolved == change.Unresolved && !IsInProgress(summary.Unresolved)));
    }

    private sealed class Pending(JournalEntry entry, JournaledChange? intentOf)
    {
        public JournaledChange? IntentOf { get; } = intentOf;

        public JournalEntry Entry { get; } = entry;

        public bool IsWritten { get; set; }

        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
