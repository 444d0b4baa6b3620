using System;
using System.Collections.Generic;
using System.Text.Json;
using Cadenza.Sandbox.Auth;
using Cadenza.Sandbox.Http;

namespace Cadenza.Sandbox.Endpoints;

/// <summary>auth/*: one user, any number of sessions.</summary>
internal sealed class AuthEndpoints(SandboxOptions options, TokenStore tokens, Guid userId, Envelope envelope)
{
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
        var email = body.Required("email");
        var password = body.Required("password");
        return string.Equals(email, options.Email, StringComparison.OrdinalIgnoreCase)
            && string.Equals(password, options.Password, StringComparison.Ordinal)
            ? Answer(call, tokens.SignIn())
            : throw new ApiErrorException(ApiErrors.WrongLogin);
    }

    private ApiResponse Refresh(ApiCall call)
    {
        using var body = RequestBody.Parse(call);
        return Answer(call, tokens.Refresh(body.Required("refreshToken")) ?? throw new ApiErrorException(ApiErrors.InvalidRefreshToken));
    }

    private ApiResponse Logout(ApiCall call)
    {
        tokens.SignOut(call.Bearer);
        call.TookEffect = true;
        return envelope.Single(static json => json.WriteStringValue("Logged out"u8));
    }

    private ApiResponse User(ApiCall call) => envelope.Single(WriteUser);

    private ApiResponse Answer(ApiCall call, TokenPair pair)
    {
        call.TookEffect = true;
        return envelope.Single(json => WriteSession(json, pair));
    }

    private void WriteSession(Utf8JsonWriter json, TokenPair pair)
    {
        json.WriteStartObject();
        json.WriteString("accessToken"u8, pair.AccessToken);
        json.WriteString("refreshToken"u8, pair.RefreshToken);
        json.WriteString("tokenType"u8, "bearer"u8);
        json.WriteNumber("expiresIn"u8, (long)options.AccessTokenLifetime.TotalSeconds);
        json.WriteNumber(
            "expiresAt"u8,
            options.ExpiresAtInMilliseconds ? pair.AccessExpires.ToUnixTimeMilliseconds() : pair.AccessExpires.ToUnixTimeSeconds());
        json.WritePropertyName("user"u8);
        WriteUser(json);
        json.WriteEndObject();
    }

    private void WriteUser(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, userId);
        json.WriteString("email"u8, options.Email);
        json.WriteString("role"u8, "authenticated"u8);
        json.WriteString("createdAt"u8, "2024-01-15T10:00:00Z"u8);
        json.WriteEndObject();
    }
}
