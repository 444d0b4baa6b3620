using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Json;
using Cadenza.Client.Models;

namespace Cadenza.Client.Operations;

/// <summary>
/// A change of one credential, to its end: sends it, and where the server says that it was done without showing the credential, reads
/// the credential back.
/// </summary>
internal sealed class CredentialChange(
    RequestSender sender, CadenzaClientOptions options, IRequestObserver? observer, string credentialId)
{
    /// <summary>Sends the change.</summary>
    /// <param name="request">The change.</param>
    /// <param name="provesSuccess">Whether a failure proves that the change was made by an earlier attempt of ours.</param>
    /// <param name="statusAfter">The status that the change leads to in every dialect; null where that differs.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="CadenzaApiException">The change was not made, or may have been.</exception>
    public async Task<CadenzaCredential> RunAsync(
        ApiRequest request, Func<CadenzaApiException, bool> provesSuccess, string? statusAfter, CancellationToken cancellationToken)
    {
        TimeSpan end = options.Clock.Uptime + options.RetryTimeout;
        try
        {
            return await sender.SendAsync(request, ReadChangedAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (CadenzaApiException e) when (e.Outcome == RequestOutcome.Applied || provesSuccess(e))
        {
            (CadenzaCredential? credential, string? reason) = await ReadBackAsync(options.RetryTimeout, cancellationToken).ConfigureAwait(false);
            return credential ?? DescribeDone(statusAfter, reason);
        }
        catch (CadenzaApiException e) when (e.Outcome == RequestOutcome.Unknown && statusAfter is not null)
        {
            // The credential itself may tell what the lost answers did not.
            (CadenzaCredential? credential, _) = await ReadBackAsync(end - options.Clock.Uptime, cancellationToken).ConfigureAwait(false);
            if (statusAfter.Equals(credential?.Status, StringComparison.OrdinalIgnoreCase))
            {
                return credential!;
            }

            throw;
        }
    }

    private async Task<CadenzaCredential> ReadChangedAsync(ApiResponse response)
    {
        CadenzaCredential credential = await ResponseInterpreter.ReadItemAsync(response, CredentialReader.Read).ConfigureAwait(false);

        // An answer about another credential says nothing of this one, whatever it says.
        return credential.CredentialId.Equals(credentialId, StringComparison.OrdinalIgnoreCase)
            ? credential
            : throw ApiErrorFactory.Unreadable(response, "it is about another credential");
    }

    /// <summary>The credential as the server's list has it, or why it could not be had.</summary>
    private async Task<(CadenzaCredential? Credential, string? Reason)> ReadBackAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (atMost <= TimeSpan.Zero)
        {
            return (null, "there was no time left");
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        options.Clock.CancelAfter(enough, atMost);
        CadenzaCredential? found = null;
        try
        {
            await CredentialLister.ListAsync(
                sender,
                new CredentialFilter { CredentialIds = [credentialId], First = 1 },
                row => found ??= row.Credential,
                enough.Token).ConfigureAwait(false);
            return (found, "the server's list does not hold it");
        }
        catch (CadenzaApiException e)
        {
            return (found, e.Message.TrimEnd('.'));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (found, "there was no time left");
        }
    }

    /// <summary>It is done, so it is a result and no error: what is known for sure.</summary>
    private CadenzaCredential DescribeDone(string? statusAfter, string? reason)
    {
        observer?.OnWarning($"The change of credential {credentialId} was made, but the credential could not be read back: {reason}.");
        return new CadenzaCredential { CredentialId = credentialId, Status = statusAfter };
    }
}
