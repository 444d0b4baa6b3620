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
/// Executes changes with a journal: resolves first what an earlier run left unresolved, writes a line before a change is sent, and one with
/// its outcome.
/// </summary>
internal sealed class JournaledExecution(ChangeJournal journal, CadenzaClient client, IRequestObserver observer)
{
    /// <summary>By how much the clock of the machine that wrote a line may be ahead of the server's.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(5);

    private readonly object _lock = new();
    private Task? _serverTime;

    /// <summary>Executes a change.</summary>
    /// <param name="request">The change.</param>
    /// <param name="journaled">The change as the journal decided about it.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="ApiException">The change was not made, or may have been.</exception>
    public async Task<CadenzaCredential> ExecuteAsync(ChangeRequest request, JournaledChange journaled, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReconciliationResult earlier = await ReconcileAsync(request, journaled, cancellationToken).ConfigureAwait(false);
            if (earlier.Found is not null)
            {
                await EndAsync(request, journaled, JournalEvent.Applied, new Outcome(earlier.Found, 0, null, null, "Found made, by an earlier run.")).ConfigureAwait(false);
                return earlier.Found;
            }

            if (!earlier.IsAbsent && !request.IsRepeatable)
            {
                throw new ApiException(
                    CadenzaErrorKind.Refused, RequestOutcome.Unknown, "An earlier run may have made the change, and the server does not tell; it was not sent again.");
            }

            if (await BeginAsync(request, journaled, earlier, cancellationToken).ConfigureAwait(false))
            {
                return await SendAsync(request, journaled, earlier, cancellationToken).ConfigureAwait(false);
            }

            // Another run wrote about it meanwhile: what that left unresolved has to be reconciled, too.
            (JournalDecision decision, journaled) = journal.DecideAgain(journaled);
            if (decision is JournalDecision.AlreadyApplied or JournalDecision.InProgress)
            {
                throw new JournalException(
                    CadenzaErrorKind.JournalBusy, $"Another run with the journal {journal.Path} is at it or has made it.");
            }
        }
    }

    /// <summary>What an earlier run did. Without an unresolved line it did nothing.</summary>
    private async Task<ReconciliationResult> ReconcileAsync(ChangeRequest request, JournaledChange journaled, CancellationToken cancellationToken) =>
        SinceOf(journaled) is DateTimeOffset since
            ? await client.ReconcileAsync(request, since, cancellationToken).ConfigureAwait(false)
            : ReconciliationResult.Absent;

    private async Task<bool> BeginAsync(
        ChangeRequest request, JournaledChange journaled, ReconciliationResult earlier, CancellationToken cancellationToken)
    {
        if (request.ReconcilesByTime && client.EarliestCreation is null)
        {
            await LearnServerTimeOnceAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await journal.BeginAsync(journaled, request.ReconcilesByTime ? client.EarliestCreation : null).ConfigureAwait(false);
        }
        catch (JournalException e)
        {
            throw earlier.IsAbsent ? e.AsNotSent() : e.AfterEarlierRun();
        }
    }

    /// <summary>Once for all changes, since there are servers that do not send their time.</summary>
    private Task LearnServerTimeOnceAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _serverTime ??= LearnServerTimeAsync(cancellationToken);
        }
    }

    /// <summary>By our own clock, what is created could seem to be older than its intent. Any answer has the server's.</summary>
    private async Task LearnServerTimeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.GetCurrentUserAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException)
        {
            // What is wrong will show with the creation itself.
        }
    }

    private async Task<CadenzaCredential> SendAsync(
        ChangeRequest request, JournaledChange journaled, ReconciliationResult earlier, CancellationToken cancellationToken)
    {
        try
        {
            ApiResult<CadenzaCredential> result = await client.ExecuteAsync(request, SinceOf(journaled), cancellationToken).ConfigureAwait(false);
            await EndAsync(
                request, journaled, JournalEvent.Applied, new Outcome(result.Value, result.Attempts, result.RequestId, null, null)).ConfigureAwait(false);
            return result.Value;
        }
        catch (ApiException e)
        {
            bool isKnown = earlier.IsAbsent || request.IsSettledBy(e) || e.Outcome is RequestOutcome.Unknown or RequestOutcome.Applied;
            ApiException failure = isKnown ? e : e.AfterEarlierRun();
            await EndAsync(
                request,
                journaled,
                EventOf(failure.Outcome),
                new Outcome(null, failure.Attempts, failure.RequestId, ErrorKinds.IdOf(failure.Kind), failure.Message)).ConfigureAwait(false);
            throw failure == e ? e : failure;
        }
        catch (OperationCanceledException e)
        {
            var cancelled = e as RequestCanceledException;
            await EndAsync(
                request,
                journaled,
                JournalEvent.Unknown,
                new Outcome(null, cancelled?.Attempts ?? 0, cancelled?.RequestId, null, "Cancelled while it was in flight.")).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Since when an earlier run may have made the change, by the server's clock; null where none left it unresolved.</summary>
    private static DateTimeOffset? SinceOf(JournaledChange journaled) =>
        journaled.Unresolved is JournalEntry line ? line.Since ?? line.Time - ClockMargin : null;

    private static JournalEvent EventOf(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.Applied => JournalEvent.Applied,
        RequestOutcome.Rejected => JournalEvent.Rejected,
        RequestOutcome.NotSent => JournalEvent.NotSent,
        _ => JournalEvent.Unknown,
    };

    /// <summary>The outcome is reported in any case: that it could not be written down is a warning.</summary>
    private async Task EndAsync(ChangeRequest request, JournaledChange journaled, JournalEvent kind, Outcome outcome)
    {
        try
        {
            await journal.EndAsync(
                journaled, kind, outcome.Credential, outcome.Attempts, outcome.RequestId, outcome.ErrorId, outcome.Message).ConfigureAwait(false);
        }
        catch (JournalException e)
        {
            observer.OnWarning($"What became of {request.DisplayName} is not in the journal. {e.Message}");
        }
    }

    private readonly record struct Outcome(CadenzaCredential? Credential, int Attempts, string? RequestId, string? ErrorId, string? Message);
}
