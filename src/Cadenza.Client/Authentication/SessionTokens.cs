using System;
using System.Security;
using Cadenza.Client.Models;

namespace Cadenza.Client.Authentication;

/// <summary>The result of a login or a refresh.</summary>
internal sealed class SessionTokens
{
    public required SecureString AccessToken { get; init; }

    public SecureString? RefreshToken { get; init; }

    /// <summary>The lifetime of the access token from the arrival of the response, or null.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>When the access token expires, by the server's clock, or null.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public SignedInUser? User { get; init; }

    /// <summary>
    /// When the access token expires, by the local clock. Prefers the lifetime, because the clocks may differ.
    /// </summary>
    public DateTimeOffset? EndsAt(DateTimeOffset arrived) => ExpiresIn is null ? ExpiresAt : arrived + ExpiresIn;
}
