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
/// Makes a change by the journal: finds out first what came of it in an earlier run, writes a line before it is sent, and one of what
/// became of it.
/// </summary>
internal sealed class JournaledSend(ChangeJournal journal, CadenzaClient client, IRequestObserver observer)
{
    /// <summary>By how much the clock of the machine that wrote a line may be ahead of the server's.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(5);

    private Task? _timeLearned;

    /// <summary>Makes the change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="open">The line of an earlier run that leaves open whether it was made; null where there is none.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="CadenzaApiException">The change was not made, or may have been.</exception>
    public async Task<CadenzaCredential> RunAsync(Change change, JournalEntry? open, CancellationToken cancellationToken)
    {
        var note = new AttemptNote(observer);
        CadenzaClient noted = client.ObservedBy(note);
        while (true)
        {
            ReconciliationResult result = ReconciliationResult.Absent;
            if (open is not null)
            {
                result = await ReconcileAsync(change, open, noted, cancellationToken).ConfigureAwait(false);
                if (result.Found is not null)
                {
                    await EndAsync(change, note, JournalEvent.Applied, result.Found, failure: null, "Found made, by an earlier run.").ConfigureAwait(false);
                    return result.Found;
                }

                if (!result.IsAbsent && !change.IsIdempotent)
                {
                    throw new CadenzaApiException(
                        CadenzaErrorKind.Refused, RequestOutcome.Unknown, "An earlier run may have made the change, and the server does not tell; it was not sent again.");
                }
            }

            if (await BeginAsync(change, noted, result, cancellationToken).ConfigureAwait(false))
            {
                return await SendAsync(change, note, noted, open, result, cancellationToken).ConfigureAwait(false);
            }

            // Another run wrote of it meanwhile: what that left open has to be looked at, too.
            (JournalDecision decision, open) = journal.DecideAgain(change.Slip);
            if (decision is JournalDecision.AlreadyApplied or JournalDecision.InProgress)
            {
                throw new CadenzaApiException(
                    CadenzaErrorKind.JournalBusy, RequestOutcome.NotSent, $"Another run with the journal {journal.Path} is at it or has made it.");
            }
        }
    }

    private async Task<bool> BeginAsync(Change change, CadenzaClient noted, ReconciliationResult result, CancellationToken cancellationToken)
    {
        if (!change.IsIdempotent && client.EarliestCreation is null)
        {
            // Once: there are servers that do not tell their time.
            await LazyInitializer.EnsureInitialized(ref _timeLearned, () => LearnServerTimeAsync(noted, cancellationToken))!.ConfigureAwait(false);
        }

        try
        {
            return await journal.BeginAsync(change.Slip, change.IsIdempotent ? null : client.EarliestCreation).ConfigureAwait(false);
        }
        catch (CadenzaApiException e)
        {
            throw result.IsAbsent ? e.AsNotSent() : e.AfterEarlierRun();
        }
    }

    /// <summary>By our own clock, what is created could seem to be older than its intent. Any answer tells the server's.</summary>
    private static async Task LearnServerTimeAsync(CadenzaClient noted, CancellationToken cancellationToken)
    {
        try
        {
            await noted.GetCurrentUserAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CadenzaApiException)
        {
            // What is wrong will show with the creation itself.
        }
    }

    private async Task<CadenzaCredential> SendAsync(
        Change change, AttemptNote note, CadenzaClient noted, JournalEntry? open, ReconciliationResult result, CancellationToken cancellationToken)
    {
        CadenzaCredential changed;
        try
        {
            changed = await change.SendAsync(noted, cancellationToken).ConfigureAwait(false);
        }
        catch (CadenzaApiException e) when (e.Kind == CadenzaErrorKind.AlreadyRevoked && open is not null && change.IsIdempotent && change.ReconcileAsync is not null)
        {
            // What an earlier run sent has arrived, then.
            ReconciliationResult again = await ReconcileOnceAsync(change, DateTimeOffset.MinValue, noted, cancellationToken).ConfigureAwait(false);
            changed = again.Found ?? new CadenzaCredential { CredentialId = change.Slip.CredentialId!, Status = "REVOKED" };
        }
        catch (CadenzaApiException e) when (e.Kind == CadenzaErrorKind.AlreadyExists && open is not null && !change.IsIdempotent)
        {
            // The same, though it may be another one of that name.
            ReconciliationResult again = await ReconcileAsync(change, open, noted, cancellationToken).ConfigureAwait(false);
            if (again.Found is null)
            {
                await EndAsync(change, note, JournalEvent.Rejected, credential: null, e, e.Message).ConfigureAwait(false);
                throw;
            }

            changed = again.Found;
        }
        catch (CadenzaApiException e)
        {
            // Of a credential that is gone it makes no difference what an earlier run did: its keys are gone with it.
            bool isSettled = result.IsAbsent || e.Kind is CadenzaErrorKind.AlreadyRevoked or CadenzaErrorKind.CredentialNotFound;
            CadenzaApiException failure = isSettled || e.Outcome is RequestOutcome.Unknown or RequestOutcome.Applied ? e : e.AfterEarlierRun();
            await EndAsync(change, note, EventOf(failure.Outcome), credential: null, failure, failure.Message).ConfigureAwait(false);
            throw failure == e ? e : failure;
        }
        catch (OperationCanceledException)
        {
            await EndAsync(change, note, JournalEvent.Unknown, credential: null, failure: null, "Cancelled while it was in flight.").ConfigureAwait(false);
            throw;
        }

        await EndAsync(change, note, JournalEvent.Applied, changed, failure: null, message: null).ConfigureAwait(false);
        return changed;
    }

    private static async Task<ReconciliationResult> ReconcileAsync(Change change, JournalEntry open, CadenzaClient noted, CancellationToken cancellationToken) =>
        change.ReconcileAsync is null
            ? ReconciliationResult.Uncertain
            : await ReconcileOnceAsync(change, open.Since ?? open.Time - ClockMargin, noted, cancellationToken).ConfigureAwait(false);

    private static async Task<ReconciliationResult> ReconcileOnceAsync(Change change, DateTimeOffset since, CadenzaClient noted, CancellationToken cancellationToken)
    {
        try
        {
            return await change.ReconcileAsync!(noted, since, cancellationToken).ConfigureAwait(false);
        }
        catch (CadenzaApiException)
        {
            return ReconciliationResult.Uncertain;
        }
    }

    private static JournalEvent EventOf(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.Applied => JournalEvent.Applied,
        RequestOutcome.Rejected => JournalEvent.Rejected,
        RequestOutcome.NotSent => JournalEvent.NotSent,
        _ => JournalEvent.Unknown,
    };

    /// <summary>What became of the change is told in any case: that it could not be written down is a warning.</summary>
    private async Task EndAsync(
        Change change, AttemptNote note, JournalEvent kind, CadenzaCredential? credential, CadenzaApiException? failure, string? message)
    {
        string? errorId = failure is null ? null : ErrorKinds.IdOf(failure.Kind);
        try
        {
            await journal.EndAsync(change.Slip, kind, credential, note.Attempts, note.RequestId ?? failure?.RequestId, errorId, message).ConfigureAwait(false);
        }
        catch (CadenzaApiException e)
        {
            observer.OnWarning($"What became of {change.Name} is not in the journal. {e.Message}");
        }
    }

    /// <summary>Counts the attempts of a change, and passes everything on.</summary>
    private sealed class AttemptNote(IRequestObserver inner) : IRequestObserver
    {
        public int Attempts { get; private set; }

        public string? RequestId { get; private set; }

        public bool WantsAttempts => true;

        public bool WantsDetail => inner.WantsDetail;

        public void OnAttempt(RequestTrace trace)
        {
            // What is only looked at is no attempt at a change, nor is a session that is renewed.
            if (trace.Method == "POST" && trace.Path.IndexOf("/credential/", StringComparison.Ordinal) >= 0)
            {
                Attempts++;
                RequestId = trace.RequestId ?? RequestId;
            }

            if (inner.WantsAttempts)
            {
                inner.OnAttempt(trace);
            }
        }

        public void OnDetail(string detail) => inner.OnDetail(detail);

        public void OnWarning(string message) => inner.OnWarning(message);
    }
}
