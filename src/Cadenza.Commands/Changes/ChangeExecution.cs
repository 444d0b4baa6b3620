using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Commands.Journal;
using Cadenza.Commands.Results;
using Cadenza.Commands.Verification;

namespace Cadenza.Commands.Changes;

/// <summary>
/// Executes changes, with or without a journal, and asks the exchange whether it accepts the new keys.
/// </summary>
/// <param name="client">The client that sends the changes.</param>
/// <param name="journal">The journal; null for no journal.</param>
/// <param name="verifies">Whether the exchange is asked after each change.</param>
/// <param name="onUnwritten">Called for an outcome that could not be written to the journal.</param>
internal sealed class ChangeExecution(
    CadenzaClient client, ChangeJournal? journal, bool verifies, Action<ChangeRequest, JournalException> onUnwritten)
{
    private readonly KeyVerifier _verifier = new(client);
    private readonly JournaledExecution? _journaled =
        journal is null ? null : new JournaledExecution(journal, client, onUnwritten);

    /// <summary>Executes a change.</summary>
    /// <param name="item">The change.</param>
    /// <param name="inFlight">Gets the outcome as soon as it is known.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    /// <exception cref="Client.Errors.CadenzaException">
    /// The change failed. The outcome states whether it was made.
    /// </exception>
    public async Task<ExecutedChange> ExecuteAsync(
        ChangeItem item, InFlightChange inFlight, CancellationToken cancellationToken)
    {
        ChangeRequest request = item.Request;
        if (item.Journaled is { Decision: JournalDecision.Unverified })
        {
            inFlight.Outcome = Messages.MadeEarlier(request.DisplayName, request.Kind.PastParticiple);
            KeyVerification earlier = await _verifier
                .AskAsync(request.CredentialId!, cancellationToken).ConfigureAwait(false);
            if (earlier.Verified != ResultVerification.NotVerified)
            {
                await RecordAsync(item, earlier, null).ConfigureAwait(false);
                return new ExecutedChange(null, earlier);
            }

            // The keys of the input may be corrected ones, so they are set again.
            inFlight.Outcome = null;
        }

        ApiResult<CadenzaCredential> made = _journaled is null
            ? await client.ExecuteAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)
            : await _journaled.ExecuteAsync(request, item.Journaled!, cancellationToken).ConfigureAwait(false);
        inFlight.Made = made;
        if (!verifies || made.IsAccepted)
        {
            return new ExecutedChange(made, null);
        }

        KeyVerification keys = await _verifier
            .AskAsync(made.Value.CredentialId, cancellationToken).ConfigureAwait(false);
        await RecordAsync(item, keys, made).ConfigureAwait(false);
        return new ExecutedChange(made, keys);
    }

    private Task RecordAsync(ChangeItem item, KeyVerification keys, ApiResult<CadenzaCredential>? made) =>
        _journaled is null
            ? Task.CompletedTask
            : _journaled.RecordVerificationAsync(
                item.Request,
                item.Journaled!,
                keys.Verified,
                new JournalResult(made?.Value, made?.Attempts ?? 0, made?.RequestId, null, keys.Message));
}
