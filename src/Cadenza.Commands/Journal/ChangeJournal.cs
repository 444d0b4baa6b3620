using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Commands.Connections;

namespace Cadenza.Commands.Journal;

/// <summary>
/// The journal of a command that changes credentials: a file with one line before and one line after each change, so
/// that a run that was interrupted can be resumed. The first line is on the disk before the request is sent. Safe for
/// concurrent use by several threads and processes.
/// </summary>
internal sealed class ChangeJournal : IDisposable
{
    private readonly object _lock = new();
    private readonly JournalFile _file;
    private readonly CadenzaConnection _connection;
    private readonly TimeProvider _timeProvider;
    private readonly RunIdentity _run;
    private readonly JournalWriter _writer;
    private readonly JournalState _state;

    private ChangeJournal(JournalFile file, CadenzaConnection connection, TimeProvider timeProvider)
    {
        _file = file;
        _connection = connection;
        _timeProvider = timeProvider;
        _run = new RunIdentity(_file.Path);
        _state = new JournalState(_run.Id);
        _state.Add(_file.ReadNew());
        _writer = new JournalWriter(_file, _run.Id, _lock, _state.Add, MayWrite);
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
    public static ChangeJournal Open(string path, CadenzaConnection connection) =>
        Open(path, connection, connection.TimeProvider);

    /// <summary>Opens a journal whose times come from another provider than those of the connection.</summary>
    internal static ChangeJournal Open(string path, CadenzaConnection connection, TimeProvider timeProvider) =>
        Open(new JournalFile(path, timeProvider), connection, timeProvider);

    /// <summary>Opens a journal with a file that a test has prepared.</summary>
    internal static ChangeJournal Open(JournalFile file, CadenzaConnection connection, TimeProvider timeProvider) =>
        new(file, connection, timeProvider);

    /// <summary>Reads a journal.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="onBadLine">
    /// Called with the number of each line that cannot be read, for example after a crash.
    /// </param>
    /// <exception cref="JournalException">
    /// <see cref="CadenzaErrorKind.JournalUnusable"/>: the file is not a journal or cannot be read.
    /// </exception>
    public static IReadOnlyList<JournalEntry> Read(string path, Action<long> onBadLine)
    {
        using var file = new JournalFile(path);
        return file.ReadNew(onBadLine);
    }

    /// <summary>
    /// Returns the line with the current state of each change, in the order in which the changes were started. A change
    /// that was made stays made, even if it was requested again and the server rejected the second request.
    /// </summary>
    public static IEnumerable<JournalEntry> TakeLatest(IEnumerable<JournalEntry> entries) =>
        entries.GroupBy(static entry => entry.Key, StringComparer.Ordinal).Select(static lines =>
            lines.Last() is { Event: JournalEvent.Rejected or JournalEvent.NotSent } last
                ? lines.LastOrDefault(static line => line.Event == JournalEvent.Applied) ?? last
                : lines.Last());

    /// <summary>
    /// Closes the journal. If changes are still in flight, it stays open until their outcomes are written, so that no
    /// other run regards them as interrupted.
    /// </summary>
    public void Dispose() => _writer.Dispose();

    /// <summary>Closes the file at once, as the operating system does when a process is killed.</summary>
    internal void Abandon() => _file.Dispose();

    /// <summary>
    /// Decides whether a change may be sent. The returned change contains the line that the decision used.
    /// </summary>
    internal (JournalDecision Decision, JournaledChange Change) Decide(JournaledChange change)
    {
        (JournalDecision Decision, JournaledChange) decided = DecideAgain(change);
        Skipped += decided.Decision == JournalDecision.AlreadyApplied ? 1 : 0;
        return decided;
    }

    /// <summary>Decides again about a change, after other runs have written lines.</summary>
    internal (JournalDecision Decision, JournaledChange Change) DecideAgain(JournaledChange change)
    {
        lock (_lock)
        {
            JournalState.Summary summary = _state.Get(GetKey(change));
            JournalDecision decision = Decide(summary, change.IsVerified);
            return (decision, change with
            {
                Decision = decision,
                Unresolved = summary.Unresolved,
                WasMade = summary.IsApplied && !summary.IsDone(change.IsVerified),
                Verified = summary.Verified,
            });
        }
    }

    /// <summary>
    /// Writes the line before a change. Returns false if another run has written about the change since the decision.
    /// </summary>
    /// <exception cref="JournalException">The line could not be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the line was written.</exception>
    internal Task<bool> BeginAsync(
        JournaledChange change, DateTimeOffset? since, CancellationToken cancellationToken = default) =>
        _writer.WriteAsync(
            new PendingLine(CreateEntry(change, JournalEvent.Intent) with { Since = since, HasRunLock = true }, change),
            cancellationToken);

    /// <summary>Writes the line after a change that <see cref="BeginAsync"/> began.</summary>
    /// <exception cref="JournalException">The line could not be written.</exception>
    internal Task EndAsync(JournaledChange change, string outcome, JournalResult result) =>
        _writer.WriteAsync(new PendingLine(CreateEndEntry(change, outcome, result), decidedFor: null));

    /// <summary>Writes whether the exchange accepts the keys that a change has set.</summary>
    /// <exception cref="JournalException">The line could not be written.</exception>
    internal Task RecordVerificationAsync(JournaledChange change, string verified, JournalResult result)
    {
        JournalEntry line = CreateEndEntry(change, JournalEvent.Applied, result) with { Verified = verified };
        return _writer.WriteAsync(new PendingLine(line, decidedFor: null));
    }

    /// <summary>
    /// Records that an earlier run made the change. Returns false if another run has written about the change since the
    /// decision, so that only one run reports it.
    /// </summary>
    /// <exception cref="JournalException">The line could not be written.</exception>
    internal Task<bool> TryRecordEarlierAsync(JournaledChange change, JournalResult result) =>
        _writer.WriteAsync(new PendingLine(CreateEndEntry(change, JournalEvent.Applied, result), change));

    private string GetKey(JournaledChange change) =>
        JournalEntry.CreateKey(_connection.Host, change.Action, change.CredentialId, change.Venue, change.Nickname);

    private JournalDecision Decide(in JournalState.Summary summary, bool isVerified) =>
        summary.IsDone(isVerified) ? JournalDecision.AlreadyApplied
        : summary.Unresolved is not null && IsInProgress(summary.Unresolved) ? JournalDecision.InProgress
        : summary is { IsApplied: true, IsRejectedByExchange: false } ? JournalDecision.Unverified
        : summary.Unresolved is not null ? JournalDecision.Unresolved : JournalDecision.Proceed;

    private bool IsInProgress(JournalEntry line) => line.Event == JournalEvent.Intent && _run.IsAlive(line);

    private JournalEntry CreateEntry(JournaledChange change, string kind) => new()
    {
        Time = _timeProvider.GetUtcNow(),
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

    private JournalEntry CreateEndEntry(JournaledChange change, string outcome, JournalResult result) =>
        CreateEntry(change, outcome) with
        {
            CredentialId = change.CredentialId ?? result.Credential?.CredentialId,
            Venue = change.Venue ?? result.Credential?.Venue,
            Nickname = change.Nickname ?? result.Credential?.Nickname,
            Attempts = result.Attempts,
            RequestId = result.RequestId,
            ErrorId = result.ErrorId,
            Message = result.Message,
        };

    /// <summary>Whether a line may be written after the lines of other runs. The caller holds the lock.</summary>
    private bool MayWrite(PendingLine line) => line.DecidedFor is null || IsUpToDate(line.DecidedFor);

    /// <summary>
    /// Whether the decision about a change is still valid. If there is a newer unresolved line, the change must be
    /// reconciled again before it starts.
    /// </summary>
    private bool IsUpToDate(JournaledChange change)
    {
        JournalState.Summary summary = _state.Get(GetKey(change));
        return Decide(summary, change.IsVerified) switch
        {
            JournalDecision.Proceed => true,
            JournalDecision.Unverified => change.Decision == JournalDecision.Unverified,
            JournalDecision.Unresolved => summary.Unresolved == change.Unresolved,
            _ => false,
        };
    }
}
