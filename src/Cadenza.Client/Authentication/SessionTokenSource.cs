using System;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;

namespace Cadenza.Client.Authentication;

/// <summary>
/// The access token of a login. One caller at a time refreshes it, 5 minutes before it expires or once after the server
/// rejects it. The new refresh token replaces the old one, which is valid for one request.
/// </summary>
internal sealed class SessionTokenSource : TokenSource
{
    private static readonly TimeSpan EarlyBy = TimeSpan.FromMinutes(5);

    private readonly AsyncGate _gate = new();
    private readonly Func<SecureString, CancellationToken, Task<SessionTokens>> _refresh;
    private readonly TimeProvider _timeProvider;
    private volatile Session _session;

    public SessionTokenSource(
        SessionTokens tokens,
        Func<SecureString, CancellationToken, Task<SessionTokens>> refresh,
        TimeProvider timeProvider)
    {
        _refresh = refresh;
        _timeProvider = timeProvider;
        _session = Session.From(tokens, timeProvider.GetUtcNow());
    }

    public override DateTimeOffset? ExpiresAt => _session.EndsAt;

    public override async Task<SecureString> GetAsync(CancellationToken cancellationToken)
    {
        Session session = _session;
        if (!session.IsDue(_timeProvider.GetUtcNow()))
        {
            return session.AccessToken;
        }

        await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_session.IsDue(_timeProvider.GetUtcNow()))
            {
                await RefreshAsync(cancellationToken).ConfigureAwait(false);
            }

            return _session.AccessToken;
        }
        catch (ApiException) when (!_session.HasEnded(_timeProvider.GetUtcNow()))
        {
            // The refresh was early: the current token has not expired.
            return _session.AccessToken;
        }
        finally
        {
            _gate.Leave();
        }
    }

    public override async Task<bool> TryRenewAsync(SecureString rejected, CancellationToken cancellationToken)
    {
        await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Another caller may have renewed the token while this request was in flight.
            if (ReferenceEquals(_session.AccessToken, rejected))
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

    /// <summary>
    /// Requires the gate. A refresh that may have reached the server is never repeated: the refresh token is used.
    /// </summary>
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        Session session = _session;
        if (session.RefreshToken is null)
        {
            throw new ApiException(
                CadenzaErrorKind.SessionExpired,
                RequestOutcome.NotSent,
                "The session has expired and cannot be renewed.");
        }

        bool isLost = true;
        try
        {
            SessionTokens tokens = await _refresh(session.RefreshToken, cancellationToken).ConfigureAwait(false);
            _session = Session.From(tokens, _timeProvider.GetUtcNow());
            isLost = false;
        }
        catch (ApiException e) when (e.Outcome == RequestOutcome.NotSent
            || (e.Outcome == RequestOutcome.Rejected
                && (e.Kind is CadenzaErrorKind.RateLimited or CadenzaErrorKind.ServiceUnavailable)))
        {
            isLost = false;
            throw;
        }
        catch (ApiException e)
        {
            throw e.As(
                CadenzaErrorKind.SessionExpired,
                RequestOutcome.NotSent,
                "The session could not be renewed: " + e.Message);
        }
        finally
        {
            if (isLost)
            {
                _session = session.WithoutRefreshToken();
            }
        }
    }

    private sealed record Session(
        SecureString AccessToken, SecureString? RefreshToken, DateTimeOffset? EndsAt, DateTimeOffset? RenewAt)
    {
        public static Session From(SessionTokens tokens, DateTimeOffset now)
        {
            DateTimeOffset? endsAt = tokens.EndsAt(now);

            // A short-lived token is renewed after half its lifetime instead of at every call.
            TimeSpan? lifetime = endsAt - now;
            TimeSpan early = lifetime < EarlyBy + EarlyBy
                ? TimeSpan.FromTicks(Math.Max(0, lifetime.Value.Ticks / 2))
                : EarlyBy;
            return new Session(tokens.AccessToken, tokens.RefreshToken, endsAt, endsAt - early);
        }

        public bool IsDue(DateTimeOffset now) => now >= RenewAt && (RefreshToken is not null || HasEnded(now));

        public bool HasEnded(DateTimeOffset now) => now >= EndsAt;

        public Session WithoutRefreshToken() => this with { RefreshToken = null };
    }
}
