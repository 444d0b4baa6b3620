using System;
using System.Text.Json;
using Cadenza.Sandbox.Dialects;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Endpoints;

/// <summary>Writes credentials into answers, as the behavior of the call says.</summary>
internal sealed class CredentialWriter(Store store, Dialect dialect)
{
    public void Write(Utf8JsonWriter json, ApiCall call, Credential credential)
    {
        Credential shown = Shown(call, credential);
        dialect.Write(json, shown, call.Behavior.ShownStatus ?? dialect.StatusOf(shown));
    }

    /// <summary>The credential that the answer is about: another one if the call has that fault.</summary>
    public Credential Shown(ApiCall call, Credential credential)
    {
        if (!call.Behavior.ShowsOtherCredential)
        {
            return credential;
        }

        Credential other = store.NextAfter(credential);
        return other.Id != credential.Id ? other : Invent(credential);
    }

    // The only credential of a sandbox has no other beside it.
    private static Credential Invent(Credential credential)
    {
        byte[] id = credential.Id.ToByteArray();
        id[0] ^= 0xFF;
        return new Credential(
            new Guid(id), "PAPER", "Another desk", credential.UserId, isBroker: false, "API_KEY", credential.CreatedAt);
    }
}
