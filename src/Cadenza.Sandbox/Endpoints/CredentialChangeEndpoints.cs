using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Sandbox.Dialects;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.Seeding;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Endpoints;

/// <summary>credential/create, rotate and revoke: everything that changes a credential. A refused request changes
/// nothing.</summary>
internal sealed class CredentialChangeEndpoints(
    SandboxOptions options,
    Store store,
    SeededRandom random,
    Guid userId,
    Dialect dialect,
    Envelope envelope)
{
    private readonly CredentialWriter _writer = new(store, dialect);

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
        string venue = body.Required("venue");
        if (!Venue.IsKnown(venue))
        {
            throw new ApiErrorException(ApiErrors.InvalidArgument("venue is not known"));
        }

        string? type = ReadType(body, call);
        string? nickname = body.Optional("nickname") ?? body.Optional("name");
        KeyMark keys = ReadKeys(body, venue);
        if (nickname is not null && store.IsNicknameTaken(venue, nickname))
        {
            throw new ApiErrorException(ApiErrors.NicknameTaken);
        }

        bool isBroker = string.Equals(type, "BROKER", StringComparison.Ordinal);
        string? apiType = OpenApiDialect.AllTypes.Contains(type, StringComparer.Ordinal) ? type : "API_KEY";
        var credential = new Credential(random.NextGuid(), venue, nickname, userId, isBroker, apiType, Now);
        return Change(call, credential, () =>
        {
            credential.Install(keys, call.RequestId);
            store.Add(credential);
        });
    }

    private ApiResponse Rotate(ApiCall call)
    {
        using var body = RequestBody.Parse(call);
        string credentialId = body.Required("credentialId");
        body.Required("apiKey");
        body.Required("apiSecret");
        Credential credential = FindOwn(credentialId);
        if (credential.State == CredentialState.Revoked)
        {
            throw new ApiErrorException(ApiErrors.CredentialRevoked);
        }

        KeyMark keys = ReadKeys(body, credential.Venue);
        return Change(call, credential, () => credential.Rotate(keys, Now, call.RequestId));
    }

    private ApiResponse Revoke(ApiCall call)
    {
        using var body = RequestBody.Parse(call);
        Credential credential = FindOwn(body.Required("credentialId"));
        if (credential.State == CredentialState.Revoked)
        {
            throw new ApiErrorException(ApiErrors.AlreadyRevoked);
        }

        if (credential.IsBlocked)
        {
            throw new ApiErrorException(ApiErrors.AccountsActive);
        }

        return Change(call, credential, () => credential.Revoke(Now, call.RequestId));
    }

    /// <summary>Does the change and answers with the credential, or answers first if the change is deferred.</summary>
    private ApiResponse Change(ApiCall call, Credential credential, Action apply)
    {
        if (call.Behavior.Deferral is not { } deferral)
        {
            apply();
            call.TookEffect = true;
            return Answer(call, credential);
        }

        string? before = credential.InterimStatus;
        credential.InterimStatus = deferral.Status ?? before;
        ApiResponse answer = Answer(call, credential);
        if (deferral.Wait == TimeSpan.Zero)
        {
            credential.InterimStatus = before;
            apply();
            call.TookEffect = true;
        }
        else
        {
            store.Defer(options.UtcNow() + deferral.Wait, Complete);
        }

        return answer;

        void Complete()
        {
            credential.InterimStatus = null;
            // Nothing changes a credential that another request has revoked meanwhile.
            if (credential.State != CredentialState.Revoked)
            {
                apply();
            }
        }
    }

    private string? ReadType(RequestBody body, ApiCall call)
    {
        string? type = body.Optional("credentialType") ?? body.Optional("type");
        bool isKnown = type is null
            || dialect.Types.Contains(type, StringComparer.Ordinal)
            || (!call.Behavior.RequiresOwnTypes
                && (type is "EXCHANGE" or "BROKER" || OpenApiDialect.AllTypes.Contains(type, StringComparer.Ordinal)));
        return isKnown ? type : throw new ApiErrorException(ApiErrors.InvalidArgument("credentialType is not known"));
    }

    private static KeyMark ReadKeys(RequestBody body, string venue)
    {
        string apiKey = body.Required("apiKey");
        string apiSecret = body.Required("apiSecret");
        string? apiPassphrase = body.Optional("apiPassphrase");
        if (apiPassphrase is null && Venue.NeedsPassphrase(venue))
        {
            throw new ApiErrorException(ApiErrors.InvalidArgument("OKX requires an API passphrase"));
        }

        return apiKey.StartsWith(SandboxSeeds.RefusedKeyPrefix, StringComparison.Ordinal)
            ? throw new ApiErrorException(ApiErrors.InvalidApiKey)
            : KeyMark.Of(apiKey, apiSecret, apiPassphrase);
    }

    private Credential FindOwn(string credentialId)
    {
        Credential credential =
            store.Find(credentialId) ?? throw new ApiErrorException(ApiErrors.CredentialNotFound);
        return credential.IsColleagues ? throw new ApiErrorException(ApiErrors.NotOwner) : credential;
    }

    private ApiResponse Answer(ApiCall call, Credential credential) =>
        envelope.Single(call, json => _writer.Write(json, call, credential));
}
