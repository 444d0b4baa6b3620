using System;
using System.Security;
using Cadenza.Client.Models;

namespace Cadenza.Client.Authentication;

/// <summary>What a login or a refresh brings.</summary>
internal sealed class SessionTokens
{
    public required SecureString AccessToken { get; init; }

    public SecureString? RefreshToken { get; init; }

    /// <summary>How long the access token lives, counted from the answer's arrival; null where the server does not say.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>When it ends by the server's clock; null where the server does not say.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public SignedInUser? User { get; init; }

    /// <summary>When the access token ends by our clock. Prefers the duration, since the server's clock may differ from ours.</summary>
    public DateTimeOffset? EndsAt(DateTimeOffset arrived) => ExpiresIn is null ? ExpiresAt : arrived + ExpiresIn;
}
