using System;
using System.Collections.Generic;
using Cadenza.Sandbox.Dialects;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.Seeding;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Endpoints;

/// <summary>credential/create, rotate and revoke: all that can change a credential. A refused request changes nothing.</summary>
internal sealed class CredentialChangeEndpoints(
    SandboxOptions options,
    Store store,
    SeededRandom random,
    Guid userId,
    Dialect dialect,
    Envelope envelope)
{
    public IEnumerable<Route> Routes =>
    [
        new Route("POST", "credential/create", Create),
        new Route("POST", "credential/rotate", Rotate),
        new Route("POST", "credential/revoke", Revoke),
    ];

    private long Now => options.UtcNow().ToUnixTimeMilliseconds();

    private ApiResponse Create(ApiCall call)
    {
        using var body = RequestBody.Parse(call);
        var venue = body.Required("venue");
        if (!Venue.IsKnown(venue))
        {
            throw new ApiErrorException(ApiErrors.InvalidArgument("venue is not known"));
        }

        var type = ReadType(body);
        var nickname = body.Optional("nickname") ?? body.Optional("name");
        var keys = ReadKeys(body, venue);
        if (nickname is not null && store.IsNicknameTaken(venue, nickname))
        {
            throw new ApiErrorException(ApiErrors.NicknameTaken);
        }

        var isBroker = string.Equals(type, "BROKER", StringComparison.Ordinal);
        var apiType = Array.IndexOf(OpenApiDialect.Types, type) >= 0 ? type : "API_KEY";
        var credential = new Credential(random.NextGuid(), venue, nickname, userId, isBroker, apiType, Now);
        credential.Install(keys, call.RequestId);
        store.Add(credential);
        call.TookEffect = true;
        return Answer(credential);
    }

    private ApiResponse Rotate(ApiCall call)
    {
        using var body = RequestBody.Parse(call);
        var credentialId = body.Required("credentialId");
        body.Required("apiKey");
        body.Required("apiSecret");
        var credential = FindOwn(credentialId);
        if (credential.State == CredentialState.Revoked)
        {
            throw new ApiErrorException(ApiErrors.CredentialRevoked);
        }

        credential.Rotate(ReadKeys(body, credential.Venue), Now, call.RequestId);
        call.TookEffect = true;
        return Answer(credential);
    }

    private ApiResponse Revoke(ApiCall call)
    {
        using var body = RequestBody.Parse(call);
        var credential = FindOwn(body.Required("credentialId"));
        if (credential.State == CredentialState.Revoked)
        {
            throw new ApiErrorException(ApiErrors.AlreadyRevoked);
        }

        if (credential.IsBlocked)
        {
            throw new ApiErrorException(ApiErrors.AccountsActive);
        }

        credential.Revoke(Now, call.RequestId);
        call.TookEffect = true;
        return Answer(credential);
    }

    private static string? ReadType(RequestBody body)
    {
        var type = body.Optional("credentialType") ?? body.Optional("type");
        return type is null or "EXCHANGE" or "BROKER" || Array.IndexOf(OpenApiDialect.Types, type) >= 0
            ? type
            : throw new ApiErrorException(ApiErrors.InvalidArgument("credentialType is not known"));
    }

    private static KeyMark ReadKeys(RequestBody body, string venue)
    {
        var apiKey = body.Required("apiKey");
        var apiSecret = body.Required("apiSecret");
        var apiPassphrase = body.Optional("apiPassphrase");
        if (apiPassphrase is null && Venue.NeedsPassphrase(venue))
        {
            throw new ApiErrorException(ApiErrors.InvalidArgument("OKX requires an API passphrase"));
        }

        // The sandbox's exchange accepts every key but these.
        return apiKey.StartsWith("bad-", StringComparison.Ordinal)
            ? throw new ApiErrorException(ApiErrors.InvalidApiKey)
            : KeyMark.Of(apiKey, apiSecret, apiPassphrase);
    }

    private Credential FindOwn(string credentialId)
    {
        var credential = store.Find(credentialId) ?? throw new ApiErrorException(ApiErrors.CredentialNotFound);
        return credential.IsColleagues ? throw new ApiErrorException(ApiErrors.NotYours) : credential;
    }

    private ApiResponse Answer(Credential credential) => envelope.Single(json => dialect.Write(json, credential));
}
