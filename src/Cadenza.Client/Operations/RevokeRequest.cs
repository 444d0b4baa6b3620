using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;

namespace Cadenza.Client.Operations;

/// <summary>
/// Revokes a credential permanently (<c>POST /credential/revoke</c>). If it is sent twice, the server rejects the
/// second request as already revoked.
/// </summary>
internal sealed class RevokeRequest(CredentialReference credential)
    : ExistingCredentialRequest(ChangeKind.Revoke, credential)
{
    internal override bool DisconnectsAccounts => true;

    internal override ChangeRequest WithCredential(CredentialReference credential) => new RevokeRequest(credential);

    private protected override RetryClass ResendClass => RetryClass.Idempotent;

    private protected override string? StatusWhenDone => CredentialStatus.Revoked;

    private protected override ApiRequest CreateApiRequest() => CredentialRequests.Revoke(CredentialId!, ResendClass);

    /// <summary>After an attempt that may have reached the server, "already revoked" means that it succeeded.</summary>
    private protected override bool MeansDone(ApiException failure) => failure.Kind == CadenzaErrorKind.AlreadyRevoked;
}
