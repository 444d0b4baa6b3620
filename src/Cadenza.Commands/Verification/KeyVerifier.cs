using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Commands.Results;

namespace Cadenza.Commands.Verification;

/// <summary>
/// Asks the exchange whether it accepts the keys that were just set. If it does not know yet, asks a few times more
/// within the time of a call.
/// </summary>
internal sealed class KeyVerifier(CadenzaClient client)
{
    private const int MaxQuestions = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks about one credential. A failure of the verification is an answer that is not yet known.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<KeyVerification> AskAsync(string credentialId, CancellationToken cancellationToken)
    {
        long began = client.TimeProvider.GetTimestamp();
        TimeSpan delay = FirstDelay;
        for (int question = 1; ; question++)
        {
            (KeyVerification answer, bool isFailure) =
                await AskOnceAsync(credentialId, cancellationToken).ConfigureAwait(false);
            if (isFailure || answer.Verified != ResultVerification.NotYetKnown || question == MaxQuestions
                || client.TimeProvider.GetElapsedTime(began) + delay >= client.RetryTimeout)
            {
                return answer;
            }

            await client.TimeProvider.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
            delay += delay;
        }
    }

    private async Task<(KeyVerification Answer, bool IsFailure)> AskOnceAsync(
        string credentialId, CancellationToken cancellationToken)
    {
        try
        {
            VerificationResult result = await client
                .VerifyCredentialAsync(credentialId, cancellationToken).ConfigureAwait(false);
            return (new KeyVerification(ResultVerification.Of(result), result.Message), false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The change was made, whatever goes wrong here. The client has already repeated the request.
            ApiException failure = e as ApiException ?? UnexpectedFailure.From(e);
            return (new KeyVerification(ResultVerification.NotYetKnown, failure.Message), true);
        }
    }
}
