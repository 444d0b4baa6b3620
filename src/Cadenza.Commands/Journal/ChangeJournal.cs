using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Commands.Connections;

namespace Cadenza.Commands.Journal;

/// <summary>What a journal says about a change that is to be made.</summary>
internal enum JournalDecision
{
    /// <summary>Nothing speaks against it.</summary>
    Proceed,

    /// <summary>It was made before.</summary>
    AlreadyApplied,

    /// <summary>An earlier run may have made it.</summary>
    Unresolved,

    /// <summary>Another run is at it.</summary>
    InProgress,
}

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
    /// <exception cref="CadenzaApiException"><see cref="CadenzaErrorKind.JournalUnusable"/>: the file is no journal, or cannot be read.</exception>
    public static ChangeJournal Open(string path, CadenzaConnection connection) => new(path, connection);

    /// <summary>Reads a journal.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="onBadLine">Is told the number of each line that is none, as after a crash.</param>
    /// <exception cref="CadenzaApiException"><see cref="CadenzaErrorKind.JournalUnusable"/>: the file is no journal, or cannot be read.</exception>
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

    /// <summary>What the journal says about a change, and the line that leaves it open.</summary>
    internal (JournalDecision Decision, JournalEntry? Open) Decide(JournaledChange slip)
    {
        lock (_lock)
        {
            // The same change may be wanted several times in one run: as many as were made are left out.
            string key = KeyOf(slip);
            int before = _seen.TryGetValue(key, out int count) ? count : 0;
            _seen[key] = before + 1;
            slip.Occurrence = before;
            (JournalDecision decision, JournalEntry? open) = DecideAgain(slip);
            Skipped += decision == JournalDecision.AlreadyApplied ? 1 : 0;
            return (decision, open);
        }
    }

    /// <summary>What the journal says by now about a change that was asked about before.</summary>
    internal (JournalDecision Decision, JournalEntry? Open) DecideAgain(JournaledChange slip)
    {
        lock (_lock)
        {
            JournalState.Standing standing = _state.Of(KeyOf(slip));
            slip.Known = standing.Open;
            return slip.Occurrence < standing.Applied ? (JournalDecision.AlreadyApplied, null)
                : standing.Open is null ? (JournalDecision.Proceed, null)
                : (IsHeld(standing.Open) ? JournalDecision.InProgress : JournalDecision.Unresolved, standing.Open);
        }
    }

    /// <summary>Writes the line before a change; false where another run wrote of it since it was asked about.</summary>
    /// <exception cref="CadenzaApiException">It could not be written.</exception>
    internal Task<bool> BeginAsync(JournaledChange slip, DateTimeOffset? since) =>
        WriteAsync(Entry(slip, JournalEvent.Intent) with { Since = since }, slip);

    /// <summary>Writes the line after a change.</summary>
    /// <exception cref="CadenzaApiException">It could not be written.</exception>
    internal Task EndAsync(JournaledChange slip, JournalEvent outcome, CadenzaCredential? credential, int attempts, string? requestId, string? errorId, string? message) =>
        WriteAsync(Entry(slip, outcome) with
        {
            CredentialId = slip.CredentialId ?? credential?.CredentialId,
            Venue = slip.Venue ?? credential?.Venue,
            Nickname = slip.Nickname ?? credential?.Nickname,
            Attempts = attempts,
            RequestId = requestId,
            ErrorId = errorId,
            Message = message,
        });

    private string KeyOf(JournaledChange slip) => JournalEntry.KeyOf(_connection.Host, slip.Action, slip.CredentialId, slip.Venue, slip.Nickname);

    private bool IsHeld(JournalEntry line) => line.Event == JournalEvent.Intent && _run.IsAlive(line);

    private JournalEntry Entry(JournaledChange slip, JournalEvent kind) => new()
    {
        Time = DateTimeOffset.UtcNow,
        Event = kind,
        Action = slip.Action,
        CredentialId = slip.CredentialId,
        Venue = slip.Venue,
        Nickname = slip.Nickname,
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
    private bool IsAsKnown(JournaledChange slip)
    {
        JournalState.Standing standing = _state.Of(KeyOf(slip));
        return slip.Occurrence >= standing.Applied && (standing.Open is null || (standing.Open == slip.Known && !IsHeld(standing.Open)));
    }

    private sealed class Pending(JournalEntry entry, JournaledChange? intentOf)
    {
        public JournaledChange? IntentOf { get; } = intentOf;

        public JournalEntry Entry { get; } = entry;

        public bool IsChosen { get; set; }

        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What a journal needs to know of a change.</summary>
/// <param name="Action">What is done.</param>
/// <param name="CredentialId">The credential; null for one that is to be created.</param>
/// <param name="Venue">Its venue, if known.</param>
/// <param name="Nickname">Its nickname, if known.</param>
internal sealed record JournaledChange(string Action, string? CredentialId, string? Venue, string? Nickname)
{
    /// <summary>How many times the same change was asked about before, in this run.</summary>
    public int Occurrence { get; set; }

    /// <summary>The line that left it open when it was last asked about; null where there was none.</summary>
    public JournalEntry? Known { get; set; }
}
