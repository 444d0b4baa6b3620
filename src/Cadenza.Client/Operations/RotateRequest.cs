using System.Collections.Generic;
using System.Security;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Security;

namespace Cadenza.Client.Operations;

/// <summary>
/// Sets new keys for a credential (<c>POST /credential/rotate</c>). Sending it twice has the same effect. The
/// credential does not show which keys it has.
/// </summary>
internal sealed class RotateRequest(CredentialReference credential, ApiKeySet keys)
    : ExistingCredentialRequest(ChangeKind.Rotate, credential)
{
    internal override IReadOnlyList<SecureString> Secrets => keys.All;

    internal override ChangeRequest WithCredential(CredentialReference credential) =>
        new RotateRequest(credential, keys);

    private protected override RetryClass ResendClass => RetryClass.Idempotent;

    private protected override ApiRequest CreateApiRequest() =>
        CredentialRequests.Rotate(CredentialId!, keys, ResendClass);
}
