using System;
using System.Collections.Generic;
using System.Text.Json;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Dialects;

/// <summary>The form of the endpoint reference. It knows its own filter names only: a client that sends others gets
/// the whole list.</summary>
internal sealed class EndpointPageDialect : Dialect
{
    public override IReadOnlyList<string> Types { get; } = ["EXCHANGE"];

    protected override IReadOnlyList<string> CreateMembers { get; } =
        ["venue", "type", "name", "apiKey", "apiSecret", "apiPassphrase"];

    public override string? TypeOf(Credential credential) => "EXCHANGE";

    public override void Write(Utf8JsonWriter json, Credential credential, string status)
    {
        json.WriteStartObject();
        json.WriteString("credentialId"u8, credential.Id);
        json.WriteString("userId"u8, credential.UserId);
        json.WriteString("venue"u8, credential.Venue);
        json.WriteString("name"u8, credential.Nickname);
        json.WriteString("type"u8, TypeOf(credential));
        json.WriteString("status"u8, status);
        if (credential.MaskedKey is { } masked)
        {
            json.WriteString("apiKey"u8, masked);
        }

        json.WriteNumber("createdAt"u8, credential.CreatedAt);
        json.WriteNumber("updatedAt"u8, credential.UpdatedAt);
        if (credential.State == CredentialState.Revoked)
        {
            // A revoked credential cannot change, so its last change was the revoke.
            json.WriteNumber("revokedAt"u8, credential.UpdatedAt);
        }

        json.WriteEndObject();
    }

    // Several ids are one value, separated by commas; of a repeated credentialIds only the last one counts.
    public override CredentialFilter ReadFilter(QueryParameters query) => new(
        query.Last("type"),
        query.Last("status"),
        query.Last("credentialIds")?.Split([','], StringSplitOptions.RemoveEmptyEntries));

    protected override string StatusOf(CredentialState state) =>
        state == CredentialState.Revoked ? "REVOKED" : "ACTIVE";
}
