using System;
using System.Collections.Generic;
using System.Text.Json;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Dialects;

/// <summary>The form of the OpenAPI description. It checks filter values against its vocabularies.</summary>
internal sealed class OpenApiDialect : Dialect
{
    public static readonly string[] AllTypes = ["API_KEY", "TOKEN", "HMAC", "OAUTH", "RSA", "ED25519"];

    private static readonly string[] Statuses = ["CREATED", "ACTIVE", "EXPIRED", "REVOKED"];

    public override bool ErrnoFirst => true;

    public override bool VerifyAnswersAccounts => true;

    public override bool WritesIsoTimes => true;

    public override IReadOnlyList<string> Types => AllTypes;

    protected override IReadOnlyList<string> VerifyMembers { get; } = ["credentialIds"];

    public override string? TypeOf(Credential credential) => credential.ApiType;

    public override void Write(Utf8JsonWriter json, Credential credential, string status)
    {
        json.WriteStartObject();
        json.WriteString("credentialId"u8, credential.Id);
        json.WriteString("venue"u8, credential.Venue);
        json.WriteString("credentialType"u8, credential.ApiType);
        if (credential.Nickname is not null)
        {
            // In the description it may be absent, but not null.
            json.WriteString("nickname"u8, credential.Nickname);
        }

        json.WriteString("status"u8, status);
        Times.Write(json, "createdAt", "createdAtDateTime", credential.CreatedAt);
        Times.Write(json, "updatedAt", "updatedAtDateTime", credential.UpdatedAt);
        if (credential.State == CredentialState.Revoked)
        {
            Times.Write(json, "revokedAt", "revokedAtDateTime", credential.UpdatedAt);
        }

        json.WriteEndObject();
    }

    public override CredentialFilter ReadFilter(QueryParameters query)
    {
        CredentialFilter filter = base.ReadFilter(query);
        Check("credentialType", filter.Type, AllTypes);
        Check("credentialStatus", filter.Status, Statuses);
        return filter;
    }

    protected override string StatusOf(CredentialState state) => Statuses[(int)state];

    private static void Check(string name, string? value, string[] vocabulary)
    {
        if (value is not null && Array.IndexOf(vocabulary, value) < 0)
        {
            throw new ApiErrorException(
                ApiErrors.InvalidArgument(name + " must be one of " + string.Join(", ", vocabulary)));
        }
    }
}
