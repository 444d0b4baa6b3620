using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Interpretation;
using Cadenza.Client.Reading;
using Cadenza.Client.Requests;
using Cadenza.Client.Sending;

namespace Cadenza.Client.Changing;

/// <summary>
/// A change of one credential, to its end: sends it, and where the server says that it was done without showing the credential, reads
/// the credential back.
/// </summary>
internal sealed class CredentialChange(CadenzaClient client, RequestSender sender, IRequestObserver? observer, string credentialId)
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
        try
        {
            return await sender.SendAsync(request, ReadChangedAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (CadenzaApiException e) when (e.Outcome == RequestOutcome.Applied || provesSuccess(e))
        {
            return await ReadBackAsync(statusAfter, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<CadenzaCredential> ReadChangedAsync(ApiResponse response)
    {
        CadenzaCredential credential = await ResponseInterpreter.ReadItemAsync(response, CredentialReader.Read).ConfigureAwait(false);

        // An answer about another credential says nothing of this one, whatever it says.
        return credential.CredentialId.Equals(credentialId, StringComparison.OrdinalIgnoreCase)
            ? credential
            : throw AnswerFailure.Unreadable(response, "it is about another credential");
    }

    private async Task<CadenzaCredential> ReadBackAsync(string? statusAfter, CancellationToken cancellationToken)
    {
        string reason = "the server's list does not hold it";
        var found = new List<CadenzaCredential>();
        try
        {
            await client.ListCredentialsAsync(
                new CredentialFilter { CredentialIds = [credentialId], First = 1 },
                row =>
                {
                    if (row.Credential is not null)
                    {
                        found.Add(row.Credential);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (CadenzaApiException e)
        {
            reason = e.Message.TrimEnd('.');
        }

        if (found.Count > 0)
        {
            return found[0];
        }

        // It is done, so it is a result and no error: what is known for sure.
        observer?.OnWarning($"The change of credential {credentialId} was made, but the credential could not be read back: {reason}.");
        return new CadenzaCredential { CredentialId = credentialId, Status = statusAfter };
    }
}
