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
    /// <summary>Finds the credential. Returns null if the list does not contain it.</summary>
    /// <exception cref="ApiException">The list failed.</exception>
    public async Task<CadenzaCredential?> FindAsync(CancellationToken cancellationToken)
    {
        CadenzaCredential? found = null;
        await ListAsync(credential => found ??= credential, cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>Reads the credential, or returns the reason why it could not be read.</summary>
    /// <param name="failure">The failure of the change.</param>
    /// <param name="timeout">The timeout.</param>
    /// <param name="cancellationToken">The caller's cancellation token.</param>
    /// <exception cref="RequestCanceledException">The caller canceled. Has the attempts of the change.</exception>
    public async Task<(CadenzaCredential? Credential, string? Reason)> ReadAsync(
        ApiException failure, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (timeout <= TimeSpan.Zero)
        {
            return (null, Messages.CallTimedOut);
        }

        using var deadline = new Deadline(context.Options.TimeProvider, timeout, cancellationToken);
        CadenzaCredential? found = null;
        try
        {
            await ListAsync(credential => found ??= credential, deadline.Token).ConfigureAwait(false);
            return (found, Messages.NotInList);
        }
        catch (ApiException e)
        {
            return (found, e.Message.TrimEnd('.'));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (found, Messages.CallTimedOut);
        }
        catch (OperationCanceledException)
        {
            throw new RequestCanceledException(failure.Attempts, failure.RequestId, cancellationToken);
        }
    }

    /// <summary>Returns the result of a change that was made, even if the credential could not be read back.</summary>
    public ApiResult<CadenzaCredential> Complete(
        ApiException failure, (CadenzaCredential? Credential, string? Reason) found, string? statusWhenDone)
    {
        if (found.Credential is null)
        {
            context.Observer?.OnWarning(Messages.ChangedButNotReadBack(credentialId, found.Reason));
        }

        CadenzaCredential credential = found.Credential
            ?? new CadenzaCredential
            {
                CredentialId = credentialId, Status = statusWhenDone, Server = context.Connection.Server,
            };
        return new ApiResult<CadenzaCredential>(credential, failure.Attempts, failure.RequestId);
    }

    private Task ListAsync(Action<CadenzaCredential> onCredential, CancellationToken cancellationToken) =>
        CredentialLister.ListAsync(
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
