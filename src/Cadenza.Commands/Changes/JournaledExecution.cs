using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Commands.Journal;

namespace Cadenza.Commands.Changes;

/// <summary>
/// Executes changes with a journal: reconciles changes that an earlier run left unresolved, and writes one line before
/// a change is sent and one line with its outcome.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="client">The client that sends the changes.</param>
/// <param name="onUnwritten">Called for an outcome that could not be written to the journal.</param>
internal sealed class JournaledExecution(
    ChangeJournal journal, CadenzaClient client, Action<ChangeRequest, JournalException> onUnwritten)
{
    /// <summary>How far the clock of the machine that wrote a line may be ahead of the server's clock.</summary>
    private static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(5);

    private readonly object _lock = new();
    private Task? _serverTime;

    /// <summary>Executes a change.</summary>
    /// <param name="request">The change.</param>
    /// <param name="journaled">The change with the decision of the journal.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    /// <exception cref="ApiException">The change failed. The outcome states whether it was made.</exception>
    /// <exception cref="JournalException">
    /// The journal cannot be written, or another run is making the change.
    /// </exception>
    public async Task<ApiResult<CadenzaCredential>> ExecuteAsync(
        ChangeRequest request, JournaledChange journaled, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReconciliationResult earlier = await ReconcileAsync(request, journaled, cancellationToken)
                .ConfigureAwait(false);
            if (earlier.Found is not null)
            {
                if (await TryRecordEarlierAsync(request, journaled, earlier.Found).ConfigureAwait(false))
                {
                    return new ApiResult<CadenzaCredential>(earlier.Found, 0, null);
                }
            }
            else if (!earlier.IsAbsent && !request.IsRepeatable)
            {
                throw new ApiException(
                    CadenzaErrorKind.Refused,
                    RequestOutcome.Unknown,
                    Messages.EarlierRunUncertain);
            }
            else if (await BeginAsync(request, journaled, earlier, cancellationToken).ConfigureAwait(false))
            {
                return await SendAsync(request, journaled, earlier, cancellationToken).ConfigureAwait(false);
            }

            // Another run has written about the change since the decision: its line must be reconciled too.
            (JournalDecision decision, journaled) = journal.DecideAgain(journaled);
            if (decision is JournalDecision.AlreadyApplied or JournalDecision.Unverified or JournalDecision.InProgress)
            {
                throw new JournalException(
                    CadenzaErrorKind.JournalBusy,
                    Messages.ChangedByOtherRun(journal.Path));
            }
        }
    }

    /// <summary>
    /// Records whether the exchange accepts the new keys. A failure to write is reported in addition to the outcome.
    /// </summary>
    public async Task RecordVerificationAsync(
        ChangeRequest request, JournaledChange journaled, string verified, JournalResult result)
    {
        try
        {
            await journal.RecordVerificationAsync(journaled, verified, result).ConfigureAwait(false);
        }
        catch (JournalException e)
        {
            onUnwritten(request, e);
        }
    }

    /// <summary>Determines whether an earlier run made the change. Without an unresolved line, it did not.</summary>
    private async Task<ReconciliationResult> ReconcileAsync(
        ChangeRequest request, JournaledChange journaled, CancellationToken cancellationToken)
    {
        if (GetEarliestChangeTime(journaled) is not DateTimeOffset since)
        {
            return ReconciliationResult.Absent;
        }

        ReconciliationResult result = await client.ReconcileAsync(request, since, cancellationToken)
            .ConfigureAwait(false);

        // The server may still carry out a change that it accepted.
        return result.IsAbsent && MayBePending(journaled.Unresolved!) ? ReconciliationResult.Uncertain : result;
    }

    private static bool MayBePending(JournalEntry line) => line.Event == JournalEvent.Accepted
        || line.ErrorId == ErrorKinds.IdOf(CadenzaErrorKind.NotCompleted);

    /// <summary>
    /// Records that an earlier run made the change. Returns false if another run has done that since the decision. A
    /// failure to write is reported in addition to the outcome.
    /// </summary>
    private async Task<bool> TryRecordEarlierAsync(
        ChangeRequest request, JournaledChange journaled, CadenzaCredential found)
    {
        try
        {
            var result = new JournalResult(found, 0, null, null, Messages.MadeByEarlierRun);
            return await journal.TryRecordEarlierAsync(journaled, result).ConfigureAwait(false);
        }
        catch (JournalException e)
        {
            onUnwritten(request, e);
            return true;
        }
    }

    private async Task<bool> BeginAsync(
        ChangeRequest request,
        JournaledChange journaled,
        ReconciliationResult earlier,
        CancellationToken cancellationToken)
    {
        if (request.ReconcilesByTime && client.EarliestCreation is null)
        {
            await GetServerTimeOnceAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            DateTimeOffset? since = request.ReconcilesByTime ? client.EarliestCreation : null;
            return await journal.BeginAsync(journaled, since, cancellationToken).ConfigureAwait(false);
        }
        catch (JournalException e)
        {
            throw earlier.IsAbsent ? e.AsNotSent() : e.AfterEarlierRun();
        }
    }

    /// <summary>Sends one request for all changes because some servers do not send their time.</summary>
    private Task GetServerTimeOnceAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _serverTime ??= GetServerTimeAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Sends a request so that the client gets the server's time. By the local clock, the created credential could
    /// appear to be older than its intent.
    /// </summary>
    private async Task GetServerTimeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.GetCurrentUserAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException)
        {
            // The creation will report the same failure.
        }
    }

    private async Task<ApiResult<CadenzaCredential>> SendAsync(
        ChangeRequest request,
        JournaledChange journaled,
        ReconciliationResult earlier,
        CancellationToken cancellationToken)
    {
        ApiResult<CadenzaCredential> result;
        try
        {
            result = await client
                .ExecuteAsync(request, GetEarliestChangeTime(journaled), cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            bool isKnown = earlier.IsAbsent || request.IsSettledBy(e)
                || e.Outcome is RequestOutcome.Unknown or RequestOutcome.Applied;
            ApiException failure = isKnown ? e : e.AfterEarlierRun();
            var outcome = new JournalResult(
                null, failure.Attempts, failure.RequestId, ErrorKinds.IdOf(failure.Kind), failure.Message);
            await EndAsync(request, journaled, ToEvent(failure.Outcome), outcome).ConfigureAwait(false);
            throw failure == e ? e : failure;
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            var cancelled = e as RequestCanceledException;
            bool wasNotSent = cancelled is { Attempts: 0 } && earlier.IsAbsent;
            var outcome = new JournalResult(
                null,
                cancelled?.Attempts ?? 0,
                cancelled?.RequestId,
                null,
                wasNotSent ? Messages.CanceledBeforeSent : Messages.CancelledInFlight);
            string kind = wasNotSent ? JournalEvent.NotSent
                : cancelled is { IsAccepted: true } ? JournalEvent.Accepted
                : JournalEvent.Unknown;
            await EndAsync(request, journaled, kind, outcome).ConfigureAwait(false);
            throw;
        }
        catch (Exception e)
        {
            ApiException failure = UnexpectedFailure.From(e, request.Secrets);
            var outcome = new JournalResult(null, 0, null, ErrorKinds.IdOf(failure.Kind), failure.Message);
            await EndAsync(request, journaled, JournalEvent.Unknown, outcome).ConfigureAwait(false);
            throw failure;
        }

        var made = new JournalResult(result.Value, result.Attempts, result.RequestId, null, null);
        string end = result.IsAccepted ? JournalEvent.Accepted : JournalEvent.Applied;
        await EndAsync(request, journaled, end, made).ConfigureAwait(false);
        return result;
    }

    /// <summary>
    /// The earliest time at which an earlier run can have made the change, by the server's clock. Null if no run left
    /// it unresolved.
    /// </summary>
    private static DateTimeOffset? GetEarliestChangeTime(JournaledChange journaled) =>
        journaled.Unresolved is JournalEntry line ? line.Since ?? line.Time - MaxClockSkew : null;

    private static string ToEvent(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.Applied => JournalEvent.Applied,
        RequestOutcome.Rejected => JournalEvent.Rejected,
        RequestOutcome.NotSent => JournalEvent.NotSent,
        _ => JournalEvent.Unknown,
    };

    /// <summary>
    /// Writes the outcome to the journal. A failure is reported in addition to the outcome.
    /// </summary>
    private async Task EndAsync(
        ChangeRequest request, JournaledChange journaled, string kind, JournalResult result)
    {
        try
        {
            await journal.EndAsync(journaled, kind, result).ConfigureAwait(false);
        }
        catch (JournalException e)
        {
            onUnwritten(request, e);
        }
    }
}
