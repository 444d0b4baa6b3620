using System;
using System.Text.Json;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Dialects;

/// <summary>The endpoint reference's shape. It knows its own filter names only: a client that sends others gets the whole list.</summary>
internal sealed class EndpointPageDialect : Dialect
{
    public override string StatusOf(Credential credential) => credential.State == CredentialState.Revoked ? "REVOKED" : "ACTIVE";

    public override string? TypeOf(Credential credential) => "EXCHANGE";

    public override void Write(Utf8JsonWriter json, Credential credential)
    {
        json.WriteStartObject();
        json.WriteString("credentialId"u8, credential.Id);
        json.WriteString("userId"u8, credential.UserId);
        json.WriteString("venue"u8, credential.Venue);
        json.WriteString("name"u8, credential.Nickname);
        json.WriteString("type"u8, TypeOf(credential));
        json.WriteString("status"u8, StatusOf(credential));
        if (credential.MaskedKey is { } masked)
        {
            json.WriteString("apiKey"u8, masked);
        }

        json.WriteNumber("createdAt"u8, credential.CreatedAt);
        json.WriteNumber("updatedAt"u8, credential.UpdatedAt);
        if (credential.State == CredentialState.Revoked)
        {
            // Nothing can change a revoked credential, so its last change was the revoke.
            json.WriteNumber("revokedAt"u8, credential.UpdatedAt);
        }

        json.WriteEndObject();
    }

    // Of a repeated credentialIds only the last one counts here; several go into one value, between commas.
    public override CredentialFilter ReadFilter(QueryParameters query) =>
        new(query.Last("type"), query.Last("status"), query.Last("credentialIds")?.Split([','], StringSplitOptions.RemoveEmptyEntries));
}
