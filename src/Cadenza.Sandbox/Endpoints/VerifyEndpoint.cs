using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Cadenza.Sandbox.Dialects;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Endpoints;

/// <summary>credential/verify: accepts both bodies and answers in the form of the dialect.</summary>
internal sealed class VerifyEndpoint(
    SandboxOptions options, Store store, Dialect dialect, Envelope envelope)
{
    private readonly AccountWriter _accountWriter = new(dialect);
    private readonly CredentialWriter _credentialWriter = new(store, dialect);

    public IEnumerable<Route> Routes => [new Route("POST", "credential/verify", Verify)];

    private ApiResponse Verify(ApiCall call)
    {
        using var body = RequestBody.Parse(call);
        IReadOnlyList<string> ids = body.OptionalList("credentialIds") ?? [body.Required("credentialId")];
        if (ids.Count == 0)
        {
            throw new ApiErrorException(ApiErrors.InvalidField("credentialIds is required"));
        }

        // All are found before the first is changed: a refused request changes nothing.
        var credentials = ids.Select(Find).Distinct().ToList();
        // With another status to show, the exchange has not answered yet.
        if (call.Behavior.ShownStatus is null)
        {
            long now = options.UtcNow().ToUnixTimeMilliseconds();
            credentials.ForEach(credential => credential.Verify(now));
        }

        return envelope.Single(call, json => WriteAnswer(json, call, credentials));
    }

    private Credential Find(string credentialId)
    {
        Credential credential =
            store.Find(credentialId) ?? throw new ApiErrorException(ApiErrors.CredentialNotFound);
        return credential.State == CredentialState.Revoked
            ? throw new ApiErrorException(ApiErrors.CredentialRevoked)
            : credential;
    }

    private void WriteAnswer(Utf8JsonWriter json, ApiCall call, List<Credential> credentials)
    {
        if (!dialect.VerifyAnswersAccounts && credentials.Count == 1)
        {
            _credentialWriter.Write(json, call, credentials[0]);
            return;
        }

        json.WriteStartArray();
        foreach (Credential credential in credentials)
        {
            if (dialect.VerifyAnswersAccounts)
            {
                WriteReachable(json, call, _credentialWriter.Shown(call, credential));
            }
            else
            {
                _credentialWriter.Write(json, call, credential);
            }
        }

        json.WriteEndArray();
    }

    // Refused keys reach no account; accepted ones without an account reach one that is not connected.
    private void WriteReachable(Utf8JsonWriter json, ApiCall call, Credential credential)
    {
        if (credential.State != CredentialState.Verified)
        {
            return;
        }

        string? shown = call.Behavior.ShownStatus;
        foreach (TradingAccount account in credential.Accounts)
        {
            string status = credential.IsColleagues ? AccountStatus.Unavailable : account.Status;
            _accountWriter.Write(json, account, shown ?? status);
        }

        if (credential.Accounts.Length == 0)
        {
            string status = shown ?? AccountStatus.New;
            Guid id = UnconnectedId(credential.Id);
            _accountWriter.Write(json, new TradingAccount(id, credential, "SPOT", status, hasOpenOrders: false));
        }
    }

    // The same account must have the same id each time, although it is not stored.
    private static Guid UnconnectedId(Guid credentialId)
    {
        byte[] bytes = credentialId.ToByteArray();
        bytes[15] ^= 0xFF;
        return new Guid(bytes);
    }
}
