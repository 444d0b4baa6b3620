using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Commands.Journal;
using Cadenza.Commands.Results;
using Cadenza.Commands.Verification;

namespace Cadenza.Commands.Changes;

/// <summary>Writes the outcomes of changes and counts them. Called on the thread of the caller.</summary>
/// <param name="reporter">Writes objects, errors and results.</param>
/// <param name="runtime">The runtime of the command.</param>
/// <param name="kind">The kind of change.</param>
/// <param name="limit">The number of items that may fail. One more ends the command.</param>
/// <param name="outage">Notices that the server cannot be reached.</param>
/// <param name="hasJournal">Whether the command can be run again with its journal.</param>
internal sealed class ChangeReporter(
    ItemReporter reporter,
    ICommandRuntime runtime,
    ChangeKind kind,
    FailureLimit limit,
    OutageDetector outage,
    bool hasJournal)
{
    private int _made;
    private int _accepted;
    private int _failed;

    /// <summary>The details of an item for which nothing was sent and nothing failed.</summary>
    public static ResultDetails Idle(string outcome, string reason) =>
        new(outcome) { Message = reason, Attempts = 0 };

    /// <summary>
    /// Writes the outcome of a change that was made. It is a failure if the exchange has not accepted the new keys.
    /// </summary>
    public void WriteMade(ChangeItem change, in ExecutedChange executed)
    {
        outage.Observe(null);
        if (executed.Keys is { } keys && keys.Verified != ResultVerification.Verified)
        {
            _failed++;
            _made += executed.Made is null ? 0 : 1;
            CadenzaErrorReport error = ChangeErrors.ForUnverifiedKeys(change.Request, keys, executed.Made);
            reporter.WriteFailure(change.Reported, error, keys.Verified);
            CountFailure(change.Reported.Credential);
            return;
        }

        if (executed.Made is not ApiResult<CadenzaCredential> made)
        {
            string reason = Messages.VerifiedLater(NameOf(change.Request), kind.PastParticiple);
            runtime.WriteVerbose(reason);
            ResultDetails details = Idle(ResultOutcome.Skipped, reason) with { Verified = executed.Keys?.Verified };
            reporter.WriteIdle(change.Reported, details);
            return;
        }

        _made++;
        _accepted += made.IsAccepted ? 1 : 0;
        string outcome = made.IsAccepted ? ResultOutcome.Accepted : ResultOutcome.Applied;
        reporter.WriteSuccess(change.Reported, made.Value, new ResultDetails(outcome)
        {
            CredentialId = made.Value.CredentialId,
            Venue = made.Value.Venue,
            Nickname = made.Value.Nickname,
            Verified = executed.Keys?.Verified,
            Attempts = made.Attempts,
            RequestId = made.RequestId,
        });
    }

    /// <summary>Writes the error of a change.</summary>
    public void WriteFailed(ChangeItem change, CadenzaErrorReport error)
    {
        outage.Observe(error.Exception);
        _failed++;
        reporter.WriteFailure(change.Reported, error);
        CountFailure(change.Reported.Credential);
    }

    /// <summary>Counts the failure of an item. Ends the command at the first one that is not allowed.</summary>
    public void CountFailure(CredentialReference item)
    {
        if (limit.CountFailure())
        {
            CadenzaErrorReport error = ChangeErrors.ForTooManyFailures(limit.Maximum, item, hasJournal);
            reporter.End(error, isInResult: true);
        }
    }

    /// <summary>Writes that the journal lists a change as made.</summary>
    public void WriteSkipped(ChangeItem change, JournaledChange journaled)
    {
        string reason = Messages.Skipped(NameOf(change.Request), kind.PastParticiple);
        runtime.WriteVerbose(reason);
        ResultDetails details = Idle(ResultOutcome.Skipped, reason) with { Verified = journaled.Verified };
        reporter.WriteIdle(change.Reported, details);
    }

    /// <summary>Warns about changes that the server has accepted and not completed.</summary>
    public void WriteWarnings()
    {
        if (_accepted > 0)
        {
            runtime.WriteWarning(Messages.AcceptedSeveral(_accepted, kind.PastParticiple));
        }
    }

    /// <summary>Writes that the user answered No.</summary>
    public void WriteDeclined(ChangeItem change) =>
        reporter.WriteIdle(change.Reported, Idle(ResultOutcome.Declined, Messages.DeclinedAtPrompt));

    /// <summary>If the journal failed, it does not show what the command has done, so the error does.</summary>
    public CadenzaErrorReport AddProgress(CadenzaErrorReport error) =>
        error.Kind != CadenzaErrorKind.JournalUnusable || _made + _failed == 0
            ? error
            : error.WithSentence(Messages.Progress(_made, _failed, kind.PastParticiple));

    private static string NameOf(ChangeRequest request) =>
        ErrorCatalog.Capitalize(request.DisplayName, request.CredentialId);
}
