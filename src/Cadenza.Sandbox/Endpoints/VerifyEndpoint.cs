using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Cadenza.Sandbox.Dialects;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Endpoints;

/// <summary>credential/verify: takes either body, answers in the dialect's shape.</summary>
internal sealed class VerifyEndpoint(SandboxOptions options, Store store, Dialect dialect, Envelope envelope)
{
    private readonly AccountWriter _accountWriter = new(dialect);

    public IEnumerable<Route> Routes => [new Route("POST", "credential/verify", Verify)];

    private ApiResponse Verify(ApiCall call)
    {
        using var body = RequestBody.Parse(call);
        var ids = body.OptionalList("credentialIds") ?? [body.Required("credentialId")];
        if (ids.Count == 0)
        {
            throw new ApiErrorException(ApiErrors.InvalidField("credentialIds is required"));
        }

        // All are found before the first is touched: a refused request changes nothing.
        var credentials = ids.Select(Find).Distinct().ToList();
        var now = options.UtcNow().ToUnixTimeMilliseconds();
        credentials.ForEach(credential => credential.Verify(now));
        return envelope.Single(json => WriteAnswer(json, credentials));
    }

    private Credential Find(string credentialId)
    {
        var credential = store.Find(credentialId) ?? throw new ApiErrorException(ApiErrors.CredentialNotFound);
        return credential.State == CredentialState.Revoked ? throw new ApiErrorException(ApiErrors.CredentialRevoked) : credential;
    }

    private void WriteAnswer(Utf8JsonWriter json, List<Credential> credentials)
    {
        if (!dialect.VerifyAnswersAccounts && credentials.Count == 1)
        {
            dialect.Write(json, credentials[0]);
            return;
        }

        json.WriteStartArray();
        foreach (var credential in credentials)
        {
            if (dialect.VerifyAnswersAccounts)
            {
                WriteReachable(json, credential);
            }
            else
            {
                dialect.Write(json, credential);
            }
        }

        json.WriteEndArray();
    }

    // Keys that the exchange refuses reach no account; good ones without an account reach one that nobody connected yet.
    private void WriteReachable(Utf8JsonWriter json, Credential credential)
    {
        if (credential.State != CredentialState.Verified)
        {
            return;
        }

        foreach (var account in credential.Accounts)
        {
            _accountWriter.Write(json, account, credential.IsColleagues ? AccountStatus.Unavailable : account.Status);
        }

        if (credential.Accounts.Length == 0)
        {
            var reachable = new TradingAccount(UnconnectedId(credential.Id), credential, "SPOT", AccountStatus.New, hasOpenOrders: false);
            _accountWriter.Write(json, reachable);
        }
    }

    // The same account must have the same id each time, though nothing is stored.
    private static Guid UnconnectedId(Guid credentialId)
    {
        var bytes = credentialId.ToByteArray();
        bytes[15] ^= 0xFF;
        return new Guid(bytes);
    }
}
