using System;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Http;

/// <summary>Where the access token of a connection comes from.</summary>
internal abstract class TokenSource
{
    /// <summary>When the token at hand ends, as far as is known.</summary>
    public abstract DateTimeOffset? ExpiresAt { get; }

    /// <summary>A token to send.</summary>
    /// <exception cref="ApiException">There is none any more: <see cref="CadenzaErrorKind.SessionExpired"/>.</exception>
    public abstract Task<SecureString> GetAsync(CancellationToken cancellationToken);

    /// <summary>Renews the token after the server refused it. True if there is another one to try.</summary>
    public abstract Task<bool> TryRenewAsync(SecureString refused, CancellationToken cancellationToken);
}
