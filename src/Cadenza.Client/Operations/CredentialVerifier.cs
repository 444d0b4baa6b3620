using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Json;
using Cadenza.Client.Models;

namespace Cadenza.Client.Operations;

/// <summary>
/// Verifies that the exchange accepts credentials (<c>POST /credential/verify</c>), in the form of the OpenAPI document
/// or of the API guide. The connection remembers which form the server accepts.
/// </summary>
internal sealed class CredentialVerifier(RequestSender sender)
{
    /// <summary>Verifies one credential.</summary>
    /// <exception cref="ApiException">The verification failed.</exception>
    public async Task<VerificationResult> VerifyAsync(string credentialId, CancellationToken cancellationToken)
    {
        try
        {
            return await VerifyInEitherFormAsync(credentialId, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Kind == CadenzaErrorKind.InvalidApiKey)
        {
            // A rejected key is a result of the verification, not an error.
            return OfThisServer(VerificationResult.Rejected(credentialId, e));
        }
        catch (ApiException e) when (e.Kind == CadenzaErrorKind.AlreadyRevoked)
        {
            return OfThisServer(VerificationResult.Revoked(credentialId));
        }
    }

    /// <summary>
    /// Verifies several credentials in one request. Returns null if the server does not support that or rejects the
    /// whole request because of one credential.
    /// </summary>
    /// <exception cref="ApiException">The verification failed.</exception>
    public async Task<IReadOnlyList<VerificationResult>?> TryVerifyAllAsync(
        IReadOnlyList<string> credentialIds, CancellationToken cancellationToken)
    {
        if (sender.Connection.Dialect.VerifiesByGuide)
        {
            return null;
        }

        try
        {
            IReadOnlyList<VerificationResult>? results = await sender.SendAsync(
                CredentialRequests.Verify(credentialIds),
                response => ResponseInterpreter.ReadElementsAsync(
                    response,
                    (shape, elements, redactor) =>
                        VerificationReader.ReadBatch(credentialIds, shape, elements, redactor)),
                cancellationToken).ConfigureAwait(false);
            return results is null ? null : [.. results.Select(OfThisServer)];
        }
        catch (ApiException e) when ((e.Outcome == RequestOutcome.Rejected || e.IsReportedSuccess)
            && !ErrorKinds.FailsEveryItem(e.Kind))
        {
            // The server may not support several ids. If only one credential is the reason, the next request shows it.
            sender.Connection.Dialect.VerifiesByGuide = e.Kind == CadenzaErrorKind.InvalidRequest;
            return null;
        }
    }

    private async Task<VerificationResult> VerifyInEitherFormAsync(
        string credentialId, CancellationToken cancellationToken)
    {
        bool byGuide = sender.Connection.Dialect.VerifiesByGuide;
        try
        {
            return await SendAsync(credentialId, byGuide, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e is { Kind: CadenzaErrorKind.InvalidRequest, Outcome: RequestOutcome.Rejected })
        {
            return await SendAsync(credentialId, !byGuide, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<VerificationResult> SendAsync(
        string credentialId, bool byGuide, CancellationToken cancellationToken)
    {
        ApiRequest request = byGuide
            ? CredentialRequests.VerifyByGuide(credentialId)
            : CredentialRequests.Verify(credentialId);
        VerificationResult result = await sender.SendAsync(
            request,
            response => ResponseInterpreter.ReadElementsAsync(
                response,
                (shape, elements, redactor) => VerificationReader.Read(credentialId, shape, elements, redactor)),
            cancellationToken).ConfigureAwait(false);
        sender.Connection.Dialect.VerifiesByGuide = byGuide;
        return OfThisServer(result);
    }

    private VerificationResult OfThisServer(VerificationResult result)
    {
        result.Server = sender.Connection.Server;
        return result;
    }
}
