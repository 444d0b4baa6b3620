using System;
using System.Collections.Generic;
using System.Text.Json;
using Cadenza.Sandbox.Auth;
using Cadenza.Sandbox.Http;

namespace Cadenza.Sandbox.Endpoints;

/// <summary>auth/*: one user, any number of sessions.</summary>
internal sealed class AuthEndpoints(
    SandboxOptions options, TokenStore tokens, Guid userId, Envelope envelope)
{
    private static readonly Guid OtherUserId = new("5e0f6a3c-0d5b-4c1a-9f2e-7b1d3c5a9e00");

    public IEnumerable<Route> Routes =>
    [
        new Route("POST", "auth/login", Login, isPublic: true),
        new Route("POST", "auth/token/refresh", Refresh, isPublic: true),
        new Route("POST", "auth/logout", Logout),
        new Route("GET", "auth/user", User),
    ];

    private ApiResponse Login(ApiCall call)
    {
        using var body = RequestBody.Parse(call);
        string email = body.Required("email");
        string password = body.Required("password");
        return string.Equals(email, options.Email, StringComparison.OrdinalIgnoreCase)
            && string.Equals(password, options.Password, StringComparison.Ordinal)
            ? Answer(call, tokens.SignIn())
            : throw new ApiErrorException(ApiErrors.WrongLogin);
    }

    private ApiResponse Refresh(ApiCall call)
    {
        using var body = RequestBody.Parse(call);
        TokenPair? pair = tokens.Refresh(body.Required("refreshToken"));
        return Answer(call, pair ?? throw new ApiErrorException(ApiErrors.InvalidRefreshToken));
    }

    private ApiResponse Logout(ApiCall call)
    {
        tokens.SignOut(call.Bearer);
        call.TookEffect = true;
        return envelope.Single(call, static json => json.WriteStringValue("Logged out"u8));
    }

    private ApiResponse User(ApiCall call) => envelope.Single(call, json => WriteUser(json, call));

    private ApiResponse Answer(ApiCall call, TokenPair pair)
    {
        call.TookEffect = true;
        return envelope.Single(call, json => WriteSession(json, call, pair));
    }

    private void WriteSession(Utf8JsonWriter json, ApiCall call, TokenPair pair)
    {
        DateTimeOffset expires = pair.AccessExpires - (call.Behavior.ClockBehind ?? TimeSpan.Zero);
        json.WriteStartObject();
        json.WriteString("accessToken"u8, pair.AccessToken);
        json.WriteString("refreshToken"u8, pair.RefreshToken);
        json.WriteString("tokenType"u8, "bearer"u8);
        if (!call.Behavior.OmitsExpiresIn)
        {
            json.WriteNumber("expiresIn"u8, (long)options.AccessTokenLifetime.TotalSeconds);
        }

        json.WriteNumber(
            "expiresAt"u8,
            options.ExpiresAtInMilliseconds ? expires.ToUnixTimeMilliseconds() : expires.ToUnixTimeSeconds());
        json.WritePropertyName("user"u8);
        WriteUser(json, call);
        json.WriteEndObject();
    }

    private void WriteUser(Utf8JsonWriter json, ApiCall call)
    {
        bool isOther = call.Behavior.ShowsOtherUser;
        json.WriteStartObject();
        json.WriteString("id"u8, isOther ? OtherUserId : userId);
        json.WriteString("email"u8, isOther ? SandboxSeeds.OtherUserEmail : options.Email);
        json.WriteString("role"u8, "authenticated"u8);
        json.WriteString("createdAt"u8, "2024-01-15T10:00:00Z"u8);
        json.WriteEndObject();
    }
}
