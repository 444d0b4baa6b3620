using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Text;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Impact;
using Cadenza.Commands.Journal;

namespace Cadenza.Commands.Changes;

/// <summary>
/// What all changing commands share: check the item, ask, send, and give out exactly one thing for it, the changed credential or one
/// error that tells whether it was changed. Nothing at all only where the answer to the question was no. Several items are in flight at
/// a time, never two about the same credential; their outcomes come in the order they finish.
/// </summary>
public sealed class ChangeRunner : IDisposable
{
    /// <summary>An answer that takes longer was given by a person.</summary>
    private static readonly TimeSpan Thoughtful = TimeSpan.FromMilliseconds(100);

    /// <summary>How long changes may go on after the caller's pipeline ended: breaking them off would leave them in the dark.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    /// <summary>How long the list of trading accounts may keep a question waiting.</summary>
    private static readonly TimeSpan MaxImpactWait = TimeSpan.FromSeconds(10);

    private readonly CadenzaConnection _connection;
    private readonly ICommandRuntime _runtime;
    private readonly ChangeKind _kind;
    private readonly int _throttleLimit;
    private readonly PipelineDispatcher _dispatcher;
    private readonly CadenzaClient _client;
    private readonly ChangeJournal? _journal;
    private readonly JournaledSend? _journaled;
    private readonly DeferredTerminatingError _terminating;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<string, InFlightChange> _inFlight = new(StringComparer.OrdinalIgnoreCase);
    private bool _isAnsweredByPerson;
    private ImpactSource? _impacts;

    /// <summary>A runner for one command.</summary>
    /// <param name="connection">Where the changes are made.</param>
    /// <param name="runtime">The caller's side.</param>
    /// <param name="kind">The kind of change.</param>
    /// <param name="throttleLimit">How many changes may be in flight; with 1 the outcomes come in the order of the items.</param>
    /// <param name="journal">Where the changes are written down; null where they are not. Disposed of with the runner.</param>
    /// <param name="cancellationToken">Ends the requests in flight; their outcome is then unknown.</param>
    public ChangeRunner(
        CadenzaConnection connection,
        ICommandRuntime runtime,
        ChangeKind kind,
        int throttleLimit = Throttle.Default,
        ChangeJournal? journal = null,
        CancellationToken cancellationToken = default)
    {
        _connection = connection;
        _runtime = runtime;
        _kind = kind;
        _terminating = new DeferredTerminatingError(runtime);
        _throttleLimit = throttleLimit;
        _cancellationToken = cancellationToken;
        _dispatcher = new PipelineDispatcher(runtime, cancellationToken) { GracePeriod = GracePeriod };
        _client = connection.GetClient().ObservedBy(_dispatcher);
        _journal = journal;
        _journaled = journal is null ? null : new JournaledSend(journal, _client, _dispatcher);
    }

    /// <summary>Takes one item; its outcome may come with a later one or with <see cref="Complete"/>.</summary>
    /// <param name="item">The item.</param>
    /// <param name="change">Sends the change for a checked id.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Process(ChangeItem item, Func<CadenzaClient, string, CancellationToken, Task<CadenzaCredential>> change)
    {
        if (CredentialIdRules.Validate(item.CredentialId) is string fault)
        {
            string reason = item.CredentialId is null ? "it has no CredentialId." : $"the CredentialId {fault}.";
            Refuse(ChangeErrors.ForChangeInput(_kind, CadenzaErrorKind.InvalidCredentialId, item, reason));
            return;
        }

        string id = item.CredentialId!;
        AskAndStart(new Change
        {
            Name = DisplayName.Format(item.Venue, item.Nickname, id),
            Target = id,
            Key = id,
            Slip = new JournaledChange(_kind.Verb, id, item.Venue, item.Nickname),
            SendAsync = (client, token) => change(client, id, token),
            ReconcileAsync = _kind == ChangeKind.Revoke ? (client, _, token) => client.ReconcileRevokeAsync(id, token) : null,
        });
    }

    /// <summary>Takes one credential that is to be created.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Create(NewCredential wanted) => AskAndStart(new Change
    {
        Name = wanted.ToString(),
        Target = wanted.Nickname ?? wanted.Venue,

        // Two of one name must not be looked for at the same time. Nameless ones are never looked for.
        Key = string.IsNullOrEmpty(wanted.Nickname) ? null : $"{wanted.Venue}\n{wanted.Nickname}",
        Slip = new JournaledChange(_kind.Verb, CredentialId: null, wanted.Venue, wanted.Nickname),
        SendAsync = (client, token) => client.CreateCredentialAsync(wanted, token),
        IsIdempotent = false,
        ReconcileAsync = (client, since, token) => client.ReconcileCreateAsync(wanted, since, token),
    });

    /// <summary>Gives out the error of an item that was found wanting before it came here, in its turn.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Refuse(CadenzaErrorReport error)
    {
        _terminating.Add(error);
        ThrowIfTerminating();
    }

    /// <summary>Gives out what is still awaited.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Complete()
    {
        _dispatcher.Drain();
        ThrowIfTerminating();
        if (_journal is { Skipped: > 0 })
        {
            _runtime.WriteWarning(FormattableString.Invariant(
                $"Left out: {_journal.Skipped} that were {_kind.PastParticiple} before, as the journal says, the last at {_journal.LastApplied:yyyy-MM-dd HH:mm}Z."));
        }
    }

    /// <summary>What became of the items that were in flight when the caller's pipeline ended, so that nobody was told: a sentence each.</summary>
    public IReadOnlyList<string> TakeUnreportedOutcomes()
    {
        lock (_inFlight)
        {
            string[] sentences = [.. _inFlight.Values.Select(flight => flight.Outcome ?? $"{flight.Name} may or may not have been {_kind.PastParticiple}.")];
            _inFlight.Clear();
            return _terminating.TakeUnreported() is string error ? [.. sentences, error] : sentences;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Where the pipeline ended elsewhere, nobody has waited yet for what is in flight.
        _dispatcher.Shutdown();
        _dispatcher.Dispose();
        _journal?.Dispose();
    }

    private void AskAndStart(Change change)
    {
        // Whoever answers questions wants to see what came of the last answer first.
        _dispatcher.WaitForSlot(_isAnsweredByPerson ? 1 : _throttleLimit);
        ThrowIfTerminating();
        (bool isWanted, JournalEntry? open) = AskJournal(change);
        if (!isWanted || !Ask(change))
        {
            return;
        }

        if (_connection.TakeProductionWarning())
        {
            _runtime.WriteWarning($"This changes credentials in Production ({_connection.Host}). The warning is given once for each connection.");
        }

        var flight = new InFlightChange(change.Name);
        string key = change.Key ?? Guid.NewGuid().ToString();
        _dispatcher.WaitUntil(() => !IsInFlight(key));
        ThrowIfTerminating();
        lock (_inFlight)
        {
            _inFlight[key] = flight;
        }

        _dispatcher.Start(token => SendAsync(change, open, flight, key, token));
        if (_throttleLimit == 1)
        {
            _dispatcher.Drain();
            ThrowIfTerminating();
        }
    }

    /// <summary>Whether the journal lets the change be made, and the line that leaves open whether it was.</summary>
    private (bool IsWanted, JournalEntry? Open) AskJournal(Change change)
    {
        if (_journal is null)
        {
            return (true, null);
        }

        if (change.Slip.CredentialId is null && string.IsNullOrEmpty(change.Slip.Nickname))
        {
            Refuse(ErrorCatalog.ForInput(
                CadenzaErrorKind.InvalidNewCredential, $"{change.Name} was not created: with a journal each needs a nickname, by which it is known again.", change.Target));
            return (false, null);
        }

        (JournalDecision decision, JournalEntry? open) = _journal.Decide(change.Slip);
        switch (decision)
        {
            case JournalDecision.AlreadyApplied:
                _runtime.WriteVerbose($"{change.Name} was {_kind.PastParticiple} before, says the journal: nothing is sent.");
                return (false, null);
            case JournalDecision.InProgress:
                Refuse(ChangeErrors.ForChange(_kind, change.Target, change.Name, new CadenzaApiException(
                    CadenzaErrorKind.JournalBusy, RequestOutcome.NotSent, $"Process {open!.ProcessId} is at it, by the same journal.")));
                return (false, null);
            default:
                return (true, open);
        }
    }

    private bool Ask(Change change)
    {
        string name = change.Name;
        if (_kind == ChangeKind.Revoke && _runtime.ShowsQuestions)
        {
            _impacts ??= LoadImpacts();
            name = _impacts.Of(change.Slip.CredentialId!, change.Slip.Venue, change.Slip.Nickname).ToString();
        }

        long began = Stopwatch.GetTimestamp();
        bool answer = _runtime.ShouldProcess(name, _kind.ActionIn(_connection));
        _isAnsweredByPerson = (Stopwatch.GetTimestamp() - began) / (double)Stopwatch.Frequency > Thoughtful.TotalSeconds;
        return answer;
    }

    private ImpactSource LoadImpacts()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken);
        enough.CancelAfter(MaxImpactWait);
        try
        {
            return PipelineDispatcher.Run(_runtime, (dispatcher, token) => ImpactSource.LoadAsync(_client.ObservedBy(dispatcher), token), enough.Token);
        }
        catch (OperationCanceledException) when (!_cancellationToken.IsCancellationRequested)
        {
            return ImpactSource.Unknown(FormattableString.Invariant($"the server did not list them within {MaxImpactWait.TotalSeconds:0} s"));
        }
    }

    private async Task<Action?> SendAsync(Change change, JournalEntry? open, InFlightChange flight, string key, CancellationToken cancellationToken)
    {
        Action outcome;
        try
        {
            CadenzaCredential changed = _journaled is null
                ? await change.SendAsync(_client, cancellationToken).ConfigureAwait(false)
                : await _journaled.RunAsync(change, open, cancellationToken).ConfigureAwait(false);
            outcome = () => _runtime.WriteObject(changed);
            flight.Outcome = $"{change.Name} was {_kind.PastParticiple}.";
        }
        catch (CadenzaApiException e)
        {
            CadenzaErrorReport error = ChangeErrors.ForChange(_kind, change.Target, change.Name, e);
            outcome = () => _terminating.Add(error);
            flight.Outcome = error.Message;
        }

        return () =>
        {
            lock (_inFlight)
            {
                _inFlight.Remove(key);
            }

            outcome();
        };
    }

    private bool IsInFlight(string key)
    {
        lock (_inFlight)
        {
            return _inFlight.ContainsKey(key);
        }
    }

    /// <summary>An error that ends the command waits until everything in flight has told its outcome.</summary>
    private void ThrowIfTerminating()
    {
        if (_terminating.IsPending)
        {
            _dispatcher.Drain();
            _terminating.Throw();
        }
    }

    /// <summary>A change that is on its way.</summary>
    private sealed class InFlightChange(string name)
    {
        /// <summary>What is changed, in words.</summary>
        public string Name { get; } = name;

        /// <summary>What became of it, as a sentence; null as long as nobody knows.</summary>
        public string? Outcome { get; set; }
    }
}
