using System;
using System.Security;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Client.Authentication;

/// <summary>Where the access token of a connection comes from.</summary>
internal abstract class TokenSource
{
    /// <summary>When the token at hand ends, as far as is known.</summary>
    public abstract DateTimeOffset? ExpiresAt { get; }

    /// <summary>A token to send.</summary>
    /// <exception cref="CadenzaApiException">There is none any more: <see cref="CadenzaErrorKind.SessionExpired"/>.</exception>
    public abstract Task<SecureString> GetAsync(CancellationToken cancellationToken);

    /// <summary>Renews the token after the server refused it. True if there is another one to try.</summary>
    public abstract Task<bool> TryRenewAsync(SecureString refused, CancellationToken cancellationToken);
}

/// <summary>A token that was handed to us and that we cannot renew.</summary>
internal sealed class FixedTokenSource(SecureString token) : TokenSource
{
    public override DateTimeOffset? ExpiresAt { get; } = JsonWebToken.ReadExpiry(token);

    public override Task<SecureString> GetAsync(CancellationToken cancellationToken) => Task.FromResult(token);

    public override Task<bool> TryRenewAsync(SecureString refused, CancellationToken cancellationToken) => Task.FromResult(false);
}
