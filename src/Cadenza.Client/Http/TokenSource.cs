using System;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Http;

/// <summary>Provides the access token of a connection.</summary>
internal abstract class TokenSource
{
    /// <summary>When the current token expires, by the local clock, or null if that is not known.</summary>
    public abstract DateTimeOffset? ExpiresAt { get; }

    /// <summary>Gets the token to send.</summary>
    /// <param name="caller">The thread of the command; null if there is none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ApiException">
    /// The session has expired: <see cref="CadenzaErrorKind.SessionExpired"/>. The caller has no other token:
    /// <see cref="CadenzaErrorKind.Unauthorized"/>.
    /// </exception>
    public abstract Task<SecureString> GetAsync(ICallerThread? caller, CancellationToken cancellationToken);

    /// <summary>Renews a token that the server rejected. Returns whether there is another token to try.</summary>
    public abstract Task<bool> TryRenewAsync(
        SecureString rejected, ICallerThread? caller, CancellationToken cancellationToken);
}
