using System;
using System.Collections.Generic;
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
using Cadenza.Commands.Journal;

namespace Cadenza.Commands.Changes;

/// <summary>
/// Runs the changes of a command: validates each change, checks the journal, asks for confirmation, sends the change,
/// and writes its outcome. The outcome is the changed credential, or one error that states whether the credential was
/// changed. A change that was declined or that the journal lists as already made has no outcome. Several changes can be
/// in flight at a time, but never two of the same credential. The outcomes are written in the order in which the
/// changes complete.
/// </summary>
internal sealed class ChangeRunner : IDisposable
{
    /// <summary>
    /// How long changes may continue after the pipeline ended. If they are cancelled, their outcome is unknown.
    /// </summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    private readonly ICommandRuntime _runtime;
    private readonly ChangeKind _kind;
    private readonly int _throttleLimit;
    private readonly PipelineDispatcher _dispatcher;
    private readonly CadenzaClient _client;
    private readonly ChangeJournal? _journal;
    private readonly JournaledExecution? _journaled;
    private readonly CredentialCheck _check;
    private readonly ChangeConfirmation _confirmation;
    private readonly DeferredTerminatingError _terminating;
    private readonly InFlightChanges _inFlight = new();
    private readonly OutageDetector _outage = new();
    private readonly UnwrittenOutcomes _unwritten = new();
    private readonly List<ValidChange>? _validated;
    private readonly int? _maximumFailures;
    private int _made;
    private int _accepted;
    private int _failed;
    private int _refused;
    private int _wave = 1;
    private int _leftInWave = 1;

    /// <summary>Creates a runner for one command.</summary>
    /// <param name="connection">The connection on which the changes are made.</param>
    /// <param name="runtime">The runtime of the command.</param>
    /// <param name="kind">The kind of change.</param>
    /// <param name="throttleLimit">
    /// The maximum number of changes in flight. If it is 1, the outcomes are written in the order of the items.
    /// </param>
    /// <param name="journal">The journal of the changes; null for no journal. The runner disposes it.</param>
    /// <param name="skipsCheck">Whether the credentials of the input are not compared with the server.</param>
    /// <param name="validatesFirst">
    /// Whether all changes are validated before the first one is confirmed and sent. One error prevents all of them.
    /// </param>
    /// <param name="maximumFailures">
    /// The number of items that may fail before nothing more is sent, or null for any number. With a limit, changes are
    /// sent in waves of 1, 2, 4 and so on, until the throttle limit is reached.
    /// </param>
    /// <param name="maxPerMinute">The maximum number of requests per minute; null for no limit.</param>
    /// <param name="completionTimeout">
    /// How long to wait until a change that the server accepted is complete. Zero does not wait; null waits for the
    /// rest of the timeout of the call.
    /// </param>
    /// <param name="cancellationToken">Cancels the requests in flight. Their outcome is then unknown.</param>
    public ChangeRunner(
        CadenzaConnection connection,
        ICommandRuntime runtime,
        ChangeKind kind,
        int throttleLimit = Throttle.Default,
        ChangeJournal? journal = null,
        bool skipsCheck = false,
        bool validatesFirst = false,
        int? maximumFailures = null,
        int? maxPerMinute = null,
        TimeSpan? completionTimeout = null,
        CancellationToken cancellationToken = default)
    {
        _runtime = runtime;
        _kind = kind;
        _throttleLimit = throttleLimit;
        _terminating = new DeferredTerminatingError(runtime);
        _dispatcher = new PipelineDispatcher(runtime, cancellationToken) { GracePeriod = GracePeriod };
        _client = connection.GetClient().ObservedBy(_dispatcher, maxPerMinute, completionTimeout);
        _check = new CredentialCheck(connection, _client, runtime, skipsCheck, cancellationToken)
        {
            ComparesAll = validatesFirst,
        };
        _validated = validatesFirst ? [] : null;
        _maximumFailures = maximumFailures;
        _confirmation = new ChangeConfirmation(connection, _client, runtime, cancellationToken);
        _journal = journal;
        _journaled = journal is null ? null : new JournaledExecution(journal, _client, _unwritten.Add);
    }

    /// <summary>
    /// Processes a change. Its outcome may be written during a later call or in <see cref="Complete"/>.
    /// </summary>
    /// <param name="request">The change.</param>
    /// <param name="findKeyFault">
    /// Returns why the keys cannot be set on a credential whose venue the input did not have, without the period, or
    /// null.
    /// </param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Process(ChangeRequest request, Func<CredentialReference, string?>? findKeyFault = null)
    {
        if (request.Validate() is string fault)
        {
            Refuse(ChangeErrors.ForInvalidRequest(request, CadenzaErrorKind.InvalidCredentialId, fault));
            return;
        }

        if (_validated is not null)
        {
            if (Validate(request, findKeyFault) is ValidChange valid)
            {
                _validated.Add(valid);
            }

            return;
        }

        WaitForTurn();
        if (Validate(request, findKeyFault) is ValidChange change)
        {
            ConfirmAndStart(change);
        }
    }

    /// <summary>Writes the error of an item that is not valid, in the order of the items.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Refuse(CadenzaErrorReport error)
    {
        _refused++;
        _terminating.Add(error);
        CheckFailures();
        ThrowIfTerminating();
    }

    /// <summary>Waits for the changes in flight and writes their outcomes.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Complete()
    {
        StartValidated();
        _dispatcher.Drain();
        ThrowIfTerminating();
        if (_accepted > 0)
        {
            _runtime.WriteWarning(Messages.AcceptedSeveral(_accepted, _kind.PastParticiple));
        }

        if (_journal is { Skipped: > 0 })
        {
            string lastApplied = UtcTime.FormatMinute(_journal.LastApplied!.Value);
            _runtime.WriteWarning(Messages.SkippedSeveral(_journal.Skipped, _kind.PastParticiple, lastApplied));
        }
    }

    /// <summary>
    /// Returns the outcomes that could not be written because the pipeline ended, one sentence for each.
    /// </summary>
    public IReadOnlyList<string> TakeUnreportedOutcomes()
    {
        IReadOnlyList<string> outcomes = _inFlight.TakeUnreportedOutcomes();
        string?[] errors = [_terminating.TakeUnreported(), _unwritten.TakeError()?.Message];
        return [.. outcomes, .. errors.OfType<string>()];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // If the pipeline ended outside this command, changes may still be in flight.
        _dispatcher.Shutdown();
        _dispatcher.Dispose();
        _journal?.Dispose();
    }

    /// <summary>
    /// Checks the change with the journal, the server and the keys. Returns null if the change is not to be sent.
    /// </summary>
    private ValidChange? Validate(ChangeRequest request, Func<CredentialReference, string?>? findKeyFault)
    {
        JournaledChange? journaled = null;
        if (_journal is not null && !MayProceed(request, _journal, out journaled))
        {
            return null;
        }

        bool isResumed = journaled?.Unresolved is not null;
        (ChangeRequest current, CadenzaErrorReport? error) = _check.Check(request, isResumed);
        if (error is null && string.IsNullOrEmpty(request.Venue) && current.Existing is { Venue.Length: > 0 } found
            && findKeyFault?.Invoke(found) is string keyFault)
        {
            error = ChangeErrors.ForRefusal(current, CadenzaErrorKind.InvalidKeys, keyFault, isResumed);
        }

        if (error is not null)
        {
            Refuse(error);
            return null;
        }

        return new ValidChange(current, journaled);
    }

    /// <summary>Waits until the next change may be sent.</summary>
    private void WaitForTurn()
    {
        if (_maximumFailures is not null && _leftInWave == 0 && _wave < _throttleLimit)
        {
            // The outcomes of a wave are known before the next wave, which has twice as many changes.
            _dispatcher.Drain();
            ThrowIfTerminating();
            _wave = Math.Min(2 * _wave, _throttleLimit);
            _leftInWave = _wave;
        }

        // A person who answers prompts needs the outcome of the last change before the next prompt.
        _dispatcher.WaitForSlot(_confirmation.IsAnsweredByPerson ? 1 : _throttleLimit);
        if (_outage.IsServerDown)
        {
            _terminating.Add(ErrorCatalog.ForOutage());
        }

        ThrowIfTerminating();
    }

    private void ConfirmAndStart(ValidChange change)
    {
        if (_confirmation.Confirm(change.Request))
        {
            Start(change.Request, change.Journaled);
        }
    }

    /// <summary>Whether the change may be sent according to the journal.</summary>
    private bool MayProceed(ChangeRequest request, ChangeJournal journal, out JournaledChange? journaled)
    {
        journaled = null;
        if (request.ValidateForJournal() is string fault)
        {
            Refuse(ChangeErrors.ForInvalidRequest(request, CadenzaErrorKind.InvalidNewCredential, fault));
            return false;
        }

        (JournalDecision decision, journaled) = journal.Decide(
            new JournaledChange(request.Kind.Verb, request.CredentialId, request.Venue, request.Nickname));
        switch (decision)
        {
            case JournalDecision.AlreadyApplied:
                string name = ErrorCatalog.Capitalize(request.DisplayName, request.CredentialId);
                _runtime.WriteVerbose(Messages.Skipped(name, _kind.PastParticiple));
                return false;
            case JournalDecision.InProgress:
                int processId = journaled.Unresolved!.ProcessId;
                Refuse(ChangeErrors.ForChange(request, new JournalException(
                    CadenzaErrorKind.JournalBusy, Messages.ChangedByOtherProcess(processId))));
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
        _leftInWave--;
        InFlightChange change = _inFlight.Add(key, request);
        long turns = _dispatcher.Turns;
        _dispatcher.Start(token => ExecuteAsync(request, journaled, change, token));
        if (_client.IsSlow)
        {
            // Changes in a queue would still be sent after an error that ends the command.
            _dispatcher.WaitUntil(() => _dispatcher.Turns > turns || !_inFlight.Contains(key));
        }

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
            ApiResult<CadenzaCredential> made = _journaled is null
                ? await _client.ExecuteAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)
                : await _journaled.ExecuteAsync(request, journaled!, cancellationToken).ConfigureAwait(false);
            report = () => ReportMade(made);
            change.Outcome = made.IsAccepted
                ? Messages.Accepted(request.DisplayName, _kind.PastParticiple)
                : $"{request.DisplayName} was {_kind.PastParticiple}.";
        }
        catch (RequestCanceledException e) when (e.IsAccepted || (e.Attempts == 0 && journaled?.Unresolved is null))
        {
            change.Outcome = e.IsAccepted
                ? Messages.Accepted(request.DisplayName, _kind.PastParticiple)
                : ChangeErrors.DescribeNotSent(request);
            throw;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever is thrown for one item must not take the other items with it.
            CadenzaException failure = e as CadenzaException ?? UnexpectedFailure.From(e, request.Secrets);
            CadenzaErrorReport error = ChangeErrors.ForChange(request, failure);
            report = () => ReportFailed(error);
            change.Outcome = error.Message;
        }

        return () =>
        {
            _inFlight.Remove(change);
            report();
        };
    }

    private void ReportMade(ApiResult<CadenzaCredential> made)
    {
        _made++;
        _accepted += made.IsAccepted ? 1 : 0;
        _outage.Observe(null);
        _runtime.WriteObject(made.Value);
    }

    private void ReportFailed(CadenzaErrorReport error)
    {
        _failed++;
        _outage.Observe(error.Exception);
        _terminating.Add(error);
        CheckFailures();
    }

    /// <summary>Ends the command when the first failure occurs that is not allowed.</summary>
    private void CheckFailures()
    {
        // If the input is validated first, one error prevents all changes anyway.
        int failures = _validated is null ? _failed + _refused : _failed;
        if (_maximumFailures is int allowed && failures == allowed + 1)
        {
            _terminating.Add(ErrorCatalog.ForTooManyFailures(allowed));
        }
    }

    /// <summary>Confirms and sends the changes that were validated, if the whole input is valid.</summary>
    private void StartValidated()
    {
        if (_validated is null)
        {
            return;
        }

        if (_refused > 0)
        {
            _terminating.Add(ErrorCatalog.ForInvalidInput(_refused));
            ThrowIfTerminating();
        }

        foreach (ValidChange change in _validated)
        {
            WaitForTurn();
            ConfirmAndStart(change);
        }
    }

    /// <summary>Before an error ends the command, the outcomes of all changes in flight are written.</summary>
    private void ThrowIfTerminating()
    {
        if (!_terminating.IsPending && !_unwritten.IsPending)
        {
            return;
        }

        _dispatcher.Drain();
        if (_unwritten.TakeError() is CadenzaErrorReport error)
        {
            _terminating.Add(error);
        }

        _terminating.Throw(AddProgress);
    }

    /// <summary>If the journal failed, it does not show what the command has done, so the error does.</summary>
    private CadenzaErrorReport AddProgress(CadenzaErrorReport error)
    {
        if (error.Kind != CadenzaErrorKind.JournalUnusable || _made + _failed == 0)
        {
            return error;
        }

        return error.WithSentence(Messages.Progress(_made, _failed, _kind.PastParticiple));
    }

    /// <summary>A change that may be sent.</summary>
    /// <param name="Request">The change of the credential as the server knows it.</param>
    /// <param name="Journaled">The change with the decision of the journal; null without a journal.</param>
    private sealed record ValidChange(ChangeRequest Request, JournaledChange? Journaled);
}
