using System;

namespace Cadenza.Sandbox.Auth;

/// <summary>What a login or a refresh hands out.</summary>
internal sealed class TokenPair(string accessToken, string refreshToken, DateTimeOffset accessExpires)
{
    public string AccessToken { get; } = accessToken;

    public string RefreshToken { get; } = refreshToken;

    public DateTimeOffset AccessExpires { get; } = accessExpires;
}
