using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;

namespace Cadenza.Client.Operations;

/// <summary>
/// Revokes a credential for good (contract: <c>POST /credential/revoke</c>). Sent twice, the second is refused as already revoked and the
/// state is the same.
/// </summary>
public sealed class RevokeRequest(CredentialReference credential) : ExistingCredentialRequest(ChangeKind.Revoke, credential)
{
    internal override bool DisconnectsAccounts => true;

    private protected override RetryClass ResendClass => RetryClass.Idempotent;

    private protected override string? StatusWhenDone => CredentialStatus.Revoked;

    private protected override ApiRequest CreateRequest() => CredentialRequests.Revoke(CredentialId!, ResendClass);

    /// <summary>After an attempt of ours that may have arrived, "already revoked" is its success.</summary>
    private protected override bool MeansDone(ApiException failure) => failure.Kind == CadenzaErrorKind.AlreadyRevoked;
}
