using System;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Security;

namespace Cadenza.Client.Authentication;

/// <summary>
/// An access token from the caller, who is asked for another one when it has expired, or once per call when the server
/// rejects it. The callback runs on the thread of a command, one call at a time.
/// </summary>
/// <param name="first">The first token.</param>
/// <param name="read">Returns a token, or why there is none.</param>
/// <param name="serverClock">The clock of the server that issues the tokens.</param>
/// <param name="timeProvider">The local clock.</param>
internal sealed class CallbackTokenSource(
    SecureString first,
    Func<(SecureString? Token, string? Fault)> read,
    ServerClock serverClock,
    TimeProvider timeProvider) : TokenSource
{
    private readonly AsyncGate _gate = new();
    private volatile Current _current = Current.Of(first);

    public override DateTimeOffset? ExpiresAt => ExpiryOf(_current);

    public override async Task<SecureString> GetAsync(ICallerThread? caller, CancellationToken cancellationToken)
    {
        Current current = _current;
        if (HasExpired(current))
        {
            await ReplaceAsync(current.Token, caller, cancellationToken).ConfigureAwait(false);
        }

        return _current.Token;
    }

    public override async Task<bool> TryRenewAsync(
        SecureString rejected, ICallerThread? caller, CancellationToken cancellationToken)
    {
        await ReplaceAsync(rejected, caller, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task ReplaceAsync(SecureString old, ICallerThread? caller, CancellationToken cancellationToken)
    {
        await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Another caller may have replaced the token in the meantime.
            if (!ReferenceEquals(_current.Token, old))
            {
                return;
            }

            if (caller is null)
            {
                throw Failure(Messages.NoCommandForToken);
            }

            (SecureString? token, string? fault) =
                await caller.RunAsync(read, cancellationToken).ConfigureAwait(false);
            Current? next = token is null ? null : Current.Of(token);
            if (next is null || HasExpired(next))
            {
                throw Failure(fault ?? Messages.NewTokenHasExpired);
            }

            _current = next;
        }
        finally
        {
            _gate.Leave();
        }
    }

    private bool HasExpired(Current current) =>
        ExpiryOf(current) is DateTimeOffset expiry && expiry <= timeProvider.GetUtcNow();

    private DateTimeOffset? ExpiryOf(Current current) =>
        current.Expiry is DateTimeOffset expiry ? serverClock.ToLocal(expiry) : null;

    private static ApiException Failure(string message) =>
        new(CadenzaErrorKind.Unauthorized, RequestOutcome.NotSent, message);

    /// <param name="Token">The token.</param>
    /// <param name="Expiry">When it expires, by the clock of the server; null if that is not known.</param>
    private sealed record Current(SecureString Token, DateTimeOffset? Expiry)
    {
        public static Current Of(SecureString token) =>
            new(SecretText.CopyReadOnly(token), JsonWebToken.ReadExpiry(token));
    }
}
