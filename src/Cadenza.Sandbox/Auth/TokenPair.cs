using System;

namespace Cadenza.Sandbox.Auth;

/// <summary>The tokens that a login or a refresh issues.</summary>
internal sealed class TokenPair(string accessToken, string refreshToken, DateTimeOffset accessExpires)
{
    public string AccessToken { get; } = accessToken;

    public string RefreshToken { get; } = refreshToken;

    public DateTimeOffset AccessExpires { get; } = accessExpires;
}
