using System;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Http;
using Cadenza.Client.Security;

namespace Cadenza.Client.Authentication;

/// <summary>An access token from the caller, which cannot be renewed.</summary>
internal sealed class FixedTokenSource(SecureString token, ServerClock serverClock) : TokenSource
{
    private readonly Task<SecureString> _token = Task.FromResult(SecretText.CopyReadOnly(token));

    /// <summary>By the clock of the server that issued the token.</summary>
    private readonly DateTimeOffset? _expiry = JsonWebToken.ReadExpiry(token);

    public override DateTimeOffset? ExpiresAt =>
        _expiry is DateTimeOffset expiry ? serverClock.ToLocal(expiry) : null;

    public override Task<SecureString> GetAsync(ICallerThread? caller, CancellationToken cancellationToken) =>
        _token;

    public override Task<bool> TryRenewAsync(
        SecureString rejected, ICallerThread? caller, CancellationToken cancellationToken) =>
        Task.FromResult(false);
}
