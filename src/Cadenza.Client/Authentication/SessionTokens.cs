using System;
using System.Security;
using Cadenza.Client.Models;

namespace Cadenza.Client.Authentication;

/// <summary>The result of a login or a refresh.</summary>
internal sealed class SessionTokens
{
    /// <summary>A token that expires so soon after its arrival shows that the clocks differ.</summary>
    private static readonly TimeSpan MinLifetime = TimeSpan.FromSeconds(30);

    public required SecureString AccessToken { get; init; }

    public SecureString? RefreshToken { get; init; }

    /// <summary>The lifetime of the access token from the arrival of the response, or null.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>When the access token expires, by the server's clock, or null.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public SignedInUser? User { get; init; }

    /// <summary>
    /// How long the access token is valid after its arrival, or null if that is not known. Uses
    /// <see cref="ExpiresIn"/> if the response has it, because it does not depend on a clock.
    /// </summary>
    /// <param name="arrived">The arrival of the response, by the server's clock.</param>
    public TimeSpan? LifetimeFrom(DateTimeOffset arrived)
    {
        TimeSpan? left = ExpiresIn is null ? ExpiresAt - arrived : ExpiresIn;
        return ExpiresIn is null && left < MinLifetime ? null : left;
    }
}
