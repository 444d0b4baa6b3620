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
using Cadenza.Commands.Results;

namespace Cadenza.Commands.Changes;

/// <summary>
/// Runs the changes of a command: validates each change, checks the journal, asks for confirmation, sends the change,
/// and writes its outcome. The outcome is the changed credential, or one error that states whether the credential was
/// changed; or one result. Several changes can be in flight at a time, but never two of the same credential. The
/// outcomes are written in the order in which the changes complete.
/// </summary>
internal sealed class ChangeRunner : IDisposable
{
    /// <summary>How long changes may continue after the pipeline ended.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    private readonly ICommandRuntime _runtime;
    private readonly ChangeKind _kind;
    private readonly ChangeRunOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly PipelineDispatcher _dispatcher;
    private readonly CadenzaClient _client;
    private readonly ChangeExecution _execution;
    private readonly ChangeValidation _validation;
    private readonly ChangeConfirmation _confirmation;
    private readonly ItemReporter _reporter;
    private readonly ChangeReporter _outcomes;
    private readonly FailureLimit _limit;
    private readonly CredentialCheck _check;
    private readonly InFlightChanges _inFlight = new();
    private readonly OutageDetector _outage = new();
    private readonly UnwrittenOutcomes _unwritten = new();
    private readonly List<ChangeItem> _validated = [];
    private int _refused;

    /// <summary>Creates a runner for one command.</summary>
    public ChangeRunner(
        CadenzaConnection connection,
        ICommandRuntime runtime,
        ChangeKind kind,
        ChangeRunOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        _runtime = runtime;
        _kind = kind;
        _options = options ?? new ChangeRunOptions();
        _timeProvider = connection.TimeProvider;
        _dispatcher = new PipelineDispatcher(runtime, cancellationToken) { GracePeriod = GracePeriod };
        _client = connection.GetClient().ObservedBy(
            _dispatcher, _options.MaxPerMinute, _options.CompletionTimeout);
        _check = new CredentialCheck(connection, _client, runtime, _options.SkipsCheck, cancellationToken)
        {
            ComparesAll = _options.ValidatesFirst || _options.NamesAll,
        };
        _reporter = new ItemReporter(runtime, connection.Server, kind.Verb, _timeProvider, _options.AsResults);
        _limit = new FailureLimit(_options.MaximumFailures, _options.ThrottleLimit);
        _outcomes = new ChangeReporter(_reporter, runtime, kind, _limit, _outage, _options.Journal is not null);
        _validation = new ChangeValidation(
            _check, _options.Journal, _options.Verifies, refusesRevoked: _options.ValidatesFirst, _outcomes, Refuse);
        _confirmation = new ChangeConfirmation(connection, _client, runtime, _options.PromptTime, cancellationToken);
        _execution = new ChangeExecution(_client, _options.Journal, _options.Verifies, _unwritten.Add);
    }

    /// <summary>
    /// Processes a change. Its outcome may be written during a later call or in <see cref="Complete"/>.
    /// </summary>
    /// <param name="item">The item of the input.</param>
    /// <param name="request">The change.</param>
    /// <param name="findKeyFault">Checks the keys when the server shows the venue. Returns a clause, or null.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Process(
        CredentialReference item, ChangeRequest request, Func<CredentialReference, string?>? findKeyFault = null)
    {
        var change = new ChangeItem(item, request);
        if (request.Validate() is string fault)
        {
            Refuse(item, ChangeErrors.ForInvalidRequest(request, CadenzaErrorKind.InvalidCredentialId, fault));
        }
        else if (_options.ValidatesFirst)
        {
            if (_validation.Validate(change, findKeyFault))
            {
                _validated.Add(change);
            }
        }
        else if (!WaitForTurn())
        {
            WriteNotSent(change);
        }
        else if (_validation.Validate(change, findKeyFault))
        {
            ConfirmAndStart(change);
        }
    }

    /// <summary>Writes the error of an item that is not valid, in the order of the items.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Refuse(CredentialReference item, CadenzaErrorReport error)
    {
        _refused++;
        _reporter.WriteFailure(new ReportedItem(_check.Identify(item)), error);

        // If the input is validated first, one error prevents all changes anyway.
        if (!_options.ValidatesFirst)
        {
            _outcomes.CountFailure(item);
        }

        MayContinue();
    }

    /// <summary>Writes the result of an item that is not sent because nothing is to be done for it.</summary>
    public void Skip(CredentialReference item, string reason) =>
        _reporter.WriteIdle(new ReportedItem(item), ChangeReporter.Idle(ResultOutcome.Skipped, reason));

    /// <summary>
    /// Returns an item with the names of the server, if messages name credentials of which only the id is known.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public CredentialReference Identify(CredentialReference item) => _check.Identify(item);

    /// <summary>Waits for the changes in flight and writes their outcomes.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Complete()
    {
        StartValidated();
        _dispatcher.Drain();
        MayContinue();
        _outcomes.WriteWarnings();
        if (_options.Journal is { Skipped: > 0 } journal)
        {
            string lastApplied = UtcTime.FormatMinute(journal.LastApplied!.Value);
            _runtime.WriteWarning(Messages.SkippedSeveral(journal.Skipped, _kind.PastParticiple, lastApplied));
        }

        _reporter.Complete(_outcomes.AddProgress);
    }

    /// <summary>
    /// Returns the outcomes that could not be written because the pipeline ended, one sentence for each.
    /// </summary>
    public IReadOnlyList<string> TakeUnreportedOutcomes()
    {
        IReadOnlyList<string> outcomes = _inFlight.TakeUnreportedOutcomes();
        string?[] errors = [_reporter.TakeUnreported(), _unwritten.TakeError()?.Message];
        return [.. outcomes, .. errors.OfType<string>()];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // If the pipeline ended outside this command, changes may still be in flight.
        _dispatcher.Shutdown();
        _dispatcher.Dispose();
        _options.Journal?.Dispose();
    }

    /// <summary>Waits until the next change may be sent. Returns false if nothing more may be sent.</summary>
    private bool WaitForTurn()
    {
        if (_limit.IsWaveComplete)
        {
            _dispatcher.Drain();
            _limit.StartNextWave();
        }

        // A person who answers prompts needs the outcome of the last change before the next prompt.
        _dispatcher.WaitForSlot(_confirmation.IsAnsweredByPerson ? 1 : _options.ThrottleLimit);
        if (_outage.IsServerDown && !_reporter.IsEnding)
        {
            _reporter.End(ErrorCatalog.ForOutage());
        }

        return MayContinue();
    }

    private void ConfirmAndStart(ChangeItem change)
    {
        if (!_confirmation.Confirm(change.Request))
        {
            _outcomes.WriteDeclined(change);
            return;
        }

        string key = change.Request.ExclusionKey ?? Guid.NewGuid().ToString();
        if (_inFlight.Contains(key))
        {
            WaitUntilReported(key);
        }

        if (!MayContinue())
        {
            WriteNotSent(change);
            return;
        }

        _limit.CountStart();
        change.StartedAt = _timeProvider.GetUtcNow();
        InFlightChange inFlight = _inFlight.Add(key, change.Request);
        long turns = _dispatcher.Turns;
        _dispatcher.Start(token => ExecuteAsync(change, inFlight, token));
        if (_client.IsSlow)
        {
            WaitForTurnOrReport(turns, key);
        }

        if (_options.ThrottleLimit == 1)
        {
            _dispatcher.Drain();
            MayContinue();
        }
    }

    private void WaitUntilReported(string key) => _dispatcher.WaitUntil(() => !_inFlight.Contains(key));

    /// <summary>Changes in a queue would still be sent after an error that ends the command.</summary>
    private void WaitForTurnOrReport(long turns, string key) =>
        _dispatcher.WaitUntil(() => _dispatcher.Turns > turns || !_inFlight.Contains(key));

    private async Task<Action?> ExecuteAsync(
        ChangeItem change, InFlightChange inFlight, CancellationToken cancellationToken)
    {
        Action report;
        try
        {
            ExecutedChange executed = await _execution
                .ExecuteAsync(change, inFlight, cancellationToken).ConfigureAwait(false);
            report = () => _outcomes.WriteMade(change, executed);
        }
        catch (RequestCanceledException e) when (e.IsAccepted || (e.Attempts == 0 && !change.IsResumed))
        {
            // The exchange may have been asked after the change was made.
            inFlight.Outcome ??= inFlight.Made is null ? ChangeErrors.DescribeCanceled(change.Request, e) : null;
            throw;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever is thrown for one item must not take the other items with it.
            CadenzaException failure = e as CadenzaException ?? UnexpectedFailure.From(e, change.Request.Secrets);
            CadenzaErrorReport error = ChangeErrors.ForChange(change.Request, failure);
            inFlight.Outcome = error.Message;
            report = () => _outcomes.WriteFailed(change, error);
        }

        return () =>
        {
            _inFlight.Remove(inFlight);
            report();
        };
    }

    /// <summary>Confirms and sends the changes that were validated, if the whole input is valid.</summary>
    private void StartValidated()
    {
        if (_options.ValidatesFirst && _refused > 0)
        {
            _reporter.End(ErrorCatalog.ForInvalidInput(_refused));
            MayContinue();
        }

        foreach (ChangeItem change in _validated)
        {
            if (WaitForTurn())
            {
                ConfirmAndStart(change);
            }
            else
            {
                WriteNotSent(change);
            }
        }
    }

    private void WriteNotSent(ChangeItem change)
    {
        if (!_validation.TrySkip(change))
        {
            _reporter.WriteNotSent(new ReportedItem(_check.Identify(change.Reported.Credential)));
        }
    }

    /// <summary>
    /// Whether more may be sent. Before an error ends the command, the outcomes of all changes in flight are written.
    /// </summary>
    private bool MayContinue()
    {
        if (!_reporter.IsEnding && !_unwritten.IsPending)
        {
            return true;
        }

        _dispatcher.Drain();
        if (_unwritten.TakeError() is CadenzaErrorReport error)
        {
            _reporter.End(error);
        }

        _reporter.ThrowIfEnding(_outcomes.AddProgress);
        return !_reporter.IsEnding;
    }
}
