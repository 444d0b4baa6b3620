using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;

namespace Cadenza.Client.Operations;

/// <summary>Reads one credential from the server's list after a change.</summary>
internal sealed class CredentialReadBack(OperationContext context, string credentialId)
{
    /// <summary>The credential; null where the list does not hold it.</summary>
    /// <exception cref="ApiException">The list failed.</exception>
    public async Task<CadenzaCredential?> FindAsync(CancellationToken cancellationToken)
    {
        CadenzaCredential? found = null;
        await ListAsync(credential => found ??= credential, cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>The credential, or the reason why it could not be read.</summary>
    /// <param name="answer">The answer to the change.</param>
    /// <param name="atMost">How long it may take.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="RequestCanceledException">The caller cancelled, after the attempts of the change.</exception>
    public async Task<(CadenzaCredential? Credential, string? Reason)> ReadAsync(
        ApiException answer, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (atMost <= TimeSpan.Zero)
        {
            return (null, "there was no time left");
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        context.Options.Clock.CancelAfter(deadline, atMost);
        CadenzaCredential? found = null;
        try
        {
            await ListAsync(credential => found ??= credential, deadline.Token).ConfigureAwait(false);
            return (found, "the server's list does not hold it");
        }
        catch (ApiException e)
        {
            return (found, e.Message.TrimEnd('.'));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (found, "there was no time left");
        }
        catch (OperationCanceledException)
        {
            throw new RequestCanceledException(answer.Attempts, answer.RequestId, cancellationToken);
        }
    }

    /// <summary>The change is made, so the result is no error: what is known for sure.</summary>
    public ApiResult<CadenzaCredential> Complete(ApiException answer, (CadenzaCredential? Credential, string? Reason) found, string? statusWhenDone)
    {
        if (found.Credential is null)
        {
            context.Observer?.OnWarning($"The change of credential {credentialId} was made, but the credential could not be read back: {found.Reason}.");
        }

        CadenzaCredential credential = found.Credential ?? new CadenzaCredential { CredentialId = credentialId, Status = statusWhenDone };
        return new ApiResult<CadenzaCredential>(credential, answer.Attempts, answer.RequestId);
    }

    private Task ListAsync(Action<CadenzaCredential> onCredential, CancellationToken cancellationToken) => CredentialLister.ListAsync(
        context.Sender,
        new CredentialFilter { CredentialIds = [credentialId], First = 1 },
        row =>
        {
            if (row.Credential is not null)
            {
                onCredential(row.Credential);
            }
        },
        cancellationToken);
}
