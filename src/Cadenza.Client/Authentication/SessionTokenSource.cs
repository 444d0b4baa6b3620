using System;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;

namespace Cadenza.Client.Authentication;

/// <summary>
/// The token of a login. Refreshed 5 minutes before it ends and once when the server refuses it, by one caller at a time; the new
/// refresh token replaces the old one, which the server has used up.
/// </summary>
internal sealed class SessionTokenSource : TokenSource
{
    private static readonly TimeSpan EarlyBy = TimeSpan.FromMinutes(5);

    private readonly AsyncGate _gate = new();
    private readonly Func<SecureString, CancellationToken, Task<SessionTokens>> _refresh;
    private readonly Clock _clock;
    private volatile Session _session;

    public SessionTokenSource(SessionTokens tokens, Func<SecureString, CancellationToken, Task<SessionTokens>> refresh, Clock clock)
    {
        _refresh = refresh;
        _clock = clock;
        _session = Session.From(tokens, clock.UtcNow);
    }

    public override DateTimeOffset? ExpiresAt => _session.EndsAt;

    public override async Task<SecureString> GetAsync(CancellationToken cancellationToken)
    {
        Session session = _session;
        if (!session.IsDue(_clock.UtcNow))
        {
            return session.AccessToken;
        }

        await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_session.IsDue(_clock.UtcNow))
            {
                await RefreshAsync(cancellationToken).ConfigureAwait(false);
            }

            return _session.AccessToken;
        }
        catch (ApiException) when (!_session.HasEnded(_clock.UtcNow))
        {
            // Early by design: the token at hand is still good.
            return _session.AccessToken;
        }
        finally
        {
            _gate.Leave();
        }
    }

    public override async Task<bool> TryRenewAsync(SecureString refused, CancellationToken cancellationToken)
    {
        await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Somebody else may have renewed it while this request was on its way with the old one.
            if (ReferenceEquals(_session.AccessToken, refused))
            {
                await RefreshAsync(cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>Under the gate. A refresh that may have arrived has used the refresh token up and is never repeated.</summary>
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        Session session = _session;
        if (session.RefreshToken is null)
        {
            throw new ApiException(
                CadenzaErrorKind.SessionExpired, RequestOutcome.NotSent, "The session has ended and cannot be renewed.");
        }

        bool isLost = true;
        try
        {
            SessionTokens tokens = await _refresh(session.RefreshToken, cancellationToken).ConfigureAwait(false);
            _session = Session.From(tokens, _clock.UtcNow);
            isLost = false;
        }
        catch (ApiException e) when (e.Outcome == RequestOutcome.NotSent
            || (e.Outcome == RequestOutcome.Rejected && (e.Kind is CadenzaErrorKind.RateLimited or CadenzaErrorKind.ServiceUnavailable)))
        {
            isLost = false;
            throw;
        }
        catch (ApiException e)
        {
            throw e.As(CadenzaErrorKind.SessionExpired, RequestOutcome.NotSent, "The session could not be renewed: " + e.Message);
        }
        finally
        {
            if (isLost)
            {
                _session = session.WithoutRefreshToken();
            }
        }
    }

    private sealed record Session(SecureString AccessToken, SecureString? RefreshToken, DateTimeOffset? EndsAt, DateTimeOffset? RenewAt)
    {
        public static Session From(SessionTokens tokens, DateTimeOffset now)
        {
            DateTimeOffset? endsAt = tokens.EndsAt(now);

            // A token that lives shorter than the usual hour is renewed correspondingly later, not at every call.
            TimeSpan? lifetime = endsAt - now;
            TimeSpan early = lifetime < EarlyBy + EarlyBy ? TimeSpan.FromTicks(Math.Max(0, lifetime.Value.Ticks / 2)) : EarlyBy;
            return new Session(tokens.AccessToken, tokens.RefreshToken, endsAt, endsAt - early);
        }

        public bool IsDue(DateTimeOffset now) => now >= RenewAt && (RefreshToken is not null || HasEnded(now));

        public bool HasEnded(DateTimeOffset now) => now >= EndsAt;

        public Session WithoutRefreshToken() => this with { RefreshToken = null };
    }
}
