using System;
using System.Collections.Generic;
using System.Text.Json;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Dialects;

/// <summary>The form of the public guide.</summary>
internal sealed class GuideDialect : Dialect
{
    public override IReadOnlyList<string> Types { get; } = ["EXCHANGE", "BROKER"];

    public override string? TypeOf(Credential credential) => credential.IsBroker ? "BROKER" : "EXCHANGE";

    public override void Write(Utf8JsonWriter json, Credential credential, string status)
    {
        json.WriteStartObject();
        json.WriteString("credentialId"u8, credential.Id);
        json.WriteString("venue"u8, credential.Venue);
        json.WriteString("credentialType"u8, TypeOf(credential));
        json.WriteString("nickname"u8, credential.Nickname);
        json.WriteString("status"u8, status);
        WriteIdentities(json, credential);
        json.WriteNumber("createdAt"u8, credential.CreatedAt);
        json.WriteNumber("updatedAt"u8, credential.UpdatedAt);
        json.WriteEndObject();
    }

    protected override string StatusOf(CredentialState state) => state switch
    {
        CredentialState.Pending => "PENDING",
        CredentialState.Verified => "VERIFIED",
        CredentialState.Failed => "FAILED",
        _ => "REVOKED",
    };

    // Keys that the exchange has not accepted reach no account.
    private static void WriteIdentities(Utf8JsonWriter json, Credential credential)
    {
        json.WriteStartArray("identities"u8);
        if (credential.State == CredentialState.Verified)
        {
            json.WriteStringValue("spot"u8);
            if (Array.Exists(
                credential.Accounts, static a => !string.Equals(a.AccountType, "SPOT", StringComparison.Ordinal)))
            {
                json.WriteStringValue("margin"u8);
            }

            if (!credential.IsBroker)
            {
                json.WriteStringValue("futures"u8);
            }
        }

        json.WriteEndArray();
    }
}
