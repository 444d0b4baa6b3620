using System;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Http;

namespace Cadenza.Client.Authentication;

/// <summary>A token that was handed to us and that we cannot renew.</summary>
internal sealed class FixedTokenSource(SecureString token) : TokenSource
{
    public override DateTimeOffset? ExpiresAt { get; } = JsonWebToken.ReadExpiry(token);

    public override Task<SecureString> GetAsync(CancellationToken cancellationToken) => Task.FromResult(token);

    public override Task<bool> TryRenewAsync(SecureString refused, CancellationToken cancellationToken) => Task.FromResult(false);
}
