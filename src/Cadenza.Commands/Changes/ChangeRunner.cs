using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Text;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Journal;

namespace Cadenza.Commands.Changes;

/// <summary>
/// What all changing commands share: validate the change, ask the journal, ask for confirmation, send, and write exactly one thing for it,
/// the changed credential or one error that says whether it was changed. Nothing at all only where the change was declined. Several changes
/// are in flight at a time, never two of the same credential; their outcomes come in the order in which they finish.
/// </summary>
public sealed class ChangeRunner : IDisposable
{
    /// <summary>How long changes may continue after the caller's pipeline ended: aborting them would leave their outcome unknown.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    private readonly ICommandRuntime _runtime;
    private readonly ChangeKind _kind;
    private readonly int _throttleLimit;
    private readonly PipelineDispatcher _dispatcher;
    private readonly CadenzaClient _client;
    private readonly ChangeJournal? _journal;
    private readonly JournaledExecution? _journaled;
    private readonly ChangeConfirmation _confirmation;
    private readonly DeferredTerminatingError _terminating;
    private readonly InFlightChanges _inFlight = new();

    /// <summary>A runner for one command.</summary>
    /// <param name="connection">Where the changes are made.</param>
    /// <param name="runtime">The caller's side.</param>
    /// <param name="kind">The kind of change.</param>
    /// <param name="throttleLimit">How many changes may be in flight; with 1 the outcomes come in the order of the items.</param>
    /// <param name="journal">Where the changes are written down; null for nowhere. Disposed of with the runner.</param>
    /// <param name="cancellationToken">Ends the requests in flight; their outcome is then unknown.</param>
    public ChangeRunner(
        CadenzaConnection connection,
        ICommandRuntime runtime,
        ChangeKind kind,
        int throttleLimit = Throttle.Default,
        ChangeJournal? journal = null,
        CancellationToken cancellationToken = default)
    {
        _runtime = runtime;
        _kind = kind;
        _throttleLimit = throttleLimit;
        _terminating = new DeferredTerminatingError(runtime);
        _dispatcher = new PipelineDispatcher(runtime, cancellationToken) { GracePeriod = GracePeriod };
        _client = connection.GetClient().ObservedBy(_dispatcher);
        _confirmation = new ChangeConfirmation(connection, _client, runtime, cancellationToken);
        _journal = journal;
        _journaled = journal is null ? null : new JournaledExecution(journal, _client, _dispatcher);
    }

    /// <summary>Takes one change; its outcome may come with a later one or with <see cref="Complete"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Process(ChangeRequest request)
    {
        if (request.Validate() is string fault)
        {
            Refuse(ChangeErrors.ForRefused(request, CadenzaErrorKind.InvalidCredentialId, fault));
            return;
        }

        // Whoever answers questions wants to see the last outcome first.
        _dispatcher.WaitForSlot(_confirmation.IsAnsweredByPerson ? 1 : _throttleLimit);
        ThrowIfTerminating();
        JournaledChange? journaled = null;
        if ((_journal is null || IsWanted(request, _journal, out journaled)) && _confirmation.Confirm(request))
        {
            Start(request, journaled);
        }
    }

    /// <summary>Writes the error of an item that was refused before it came here, in its turn.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Refuse(CadenzaErrorReport error)
    {
        _terminating.Add(error);
        ThrowIfTerminating();
    }

    /// <summary>Writes the outcomes that are still awaited.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Complete()
    {
        _dispatcher.Drain();
        ThrowIfTerminating();
        if (_journal is { Skipped: > 0 })
        {
            _runtime.WriteWarning(FormattableString.Invariant(
                $"Left out: {_journal.Skipped} that were {_kind.PastParticiple} before, as the journal says, the last at {UtcTime.FormatMinute(_journal.LastApplied!.Value)}Z."));
        }
    }

    /// <summary>The outcomes of the changes in flight when the caller's pipeline ended, which nobody was told: a sentence each.</summary>
    public IReadOnlyList<string> TakeUnreportedOutcomes()
    {
        IReadOnlyList<string> outcomes = _inFlight.TakeUnreportedOutcomes();
        return _terminating.TakeUnreported() is string error ? [.. outcomes, error] : outcomes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Where the pipeline ended elsewhere, nobody has waited yet for what is in flight.
        _dispatcher.Shutdown();
        _dispatcher.Dispose();
        _journal?.Dispose();
    }

    /// <summary>Whether the journal lets the change be sent.</summary>
    private bool IsWanted(ChangeRequest request, ChangeJournal journal, out JournaledChange? journaled)
    {
        journaled = null;
        if (request.ValidateForJournal() is string fault)
        {
            Refuse(ChangeErrors.ForRefused(request, CadenzaErrorKind.InvalidNewCredential, fault));
            return false;
        }

        (JournalDecision decision, journaled) = journal.Decide(
            new JournaledChange(request.Kind.Verb, request.CredentialId, request.Venue, request.Nickname));
        switch (decision)
        {
            case JournalDecision.AlreadyApplied:
                _runtime.WriteVerbose($"{request.DisplayName} was {_kind.PastParticiple} before, says the journal: nothing is sent.");
                return false;
            case JournalDecision.InProgress:
                Refuse(ChangeErrors.ForChange(request, new JournalException(
                    CadenzaErrorKind.JournalBusy,
                    $"Process {journaled.Unresolved!.ProcessId} is at it, by the same journal.")));
                return false;
            default:
                return true;
        }
    }

    private void Start(ChangeRequest request, JournaledChange? journaled)
    {
        string key = request.ExclusionKey ?? Guid.NewGuid().ToString();
        _dispatcher.WaitUntil(() => !_inFlight.Contains(key));
        ThrowIfTerminating();
        InFlightChange change = _inFlight.Add(key, request);
        _dispatcher.Start(token => ExecuteAsync(request, journaled, change, token));
        if (_throttleLimit == 1)
        {
            _dispatcher.Drain();
            ThrowIfTerminating();
        }
    }

    private async Task<Action?> ExecuteAsync(
        ChangeRequest request, JournaledChange? journaled, InFlightChange change, CancellationToken cancellationToken)
    {
        Action report;
        try
        {
            CadenzaCredential changed = _journaled is null
                ? (await _client.ExecuteAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).Value
                : await _journaled.ExecuteAsync(request, journaled!, cancellationToken).ConfigureAwait(false);
            report = () => _runtime.WriteObject(changed);
            change.Outcome = $"{request.DisplayName} was {_kind.PastParticiple}.";
        }
        catch (CadenzaException e)
        {
            CadenzaErrorReport error = ChangeErrors.ForChange(request, e);
            report = () => _terminating.Add(error);
            change.Outcome = error.Message;
        }

        return () =>
        {
            _inFlight.Remove(change);
            report();
        };
    }

    /// <summary>An error that ends the command waits until everything in flight has reported its outcome.</summary>
    private void ThrowIfTerminating()
    {
        if (_terminating.IsPending)
        {
            _dispatcher.Drain();
            _terminating.Throw();
        }
    }
}
