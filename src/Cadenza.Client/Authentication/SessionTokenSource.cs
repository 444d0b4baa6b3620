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
    private readonly ServerClock _serverClock;
    private readonly TimeProvider _timeProvider;
    private volatile Session _session;

    public SessionTokenSource(
        SessionTokens tokens,
        Func<SecureString, CancellationToken, Task<SessionTokens>> refresh,
        ServerClock serverClock,
        TimeProvider timeProvider)
    {
        _refresh = refresh;
        _serverClock = serverClock;
        _timeProvider = timeProvider;
        _session = CreateSession(tokens);
    }

    public override DateTimeOffset? ExpiresAt => _session.ExpiresAt;

    public override async Task<SecureString> GetAsync(ICallerThread? caller, CancellationToken cancellationToken)
    {
        Session session = _session;
        if (!session.IsDue(GetAge(session)))
        {
            return session.AccessToken;
        }

        await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_session.IsDue(GetAge(_session)))
            {
                await RefreshAsync(cancellationToken).ConfigureAwait(false);
            }

            return _session.AccessToken;
        }
        catch (ApiException) when (!_session.HasEnded(GetAge(_session)))
        {
            // The refresh was early: the current token has not expired.
            return _session.AccessToken;
        }
        finally
        {
            _gate.Leave();
        }
    }

    public override async Task<bool> TryRenewAsync(
        SecureString rejected, ICallerThread? caller, CancellationToken cancellationToken)
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
                Messages.SessionEnded);
        }

        bool isLost = true;
        try
        {
            SessionTokens tokens = await _refresh(session.RefreshToken, cancellationToken).ConfigureAwait(false);
            _session = CreateSession(tokens);
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
                Messages.SessionNotRenewed(e.Message));
        }
        finally
        {
            if (isLost)
            {
                _session = session.WithoutRefreshToken();
            }
        }
    }

    /// <summary>
    /// Converts the expiry to a lifetime when the response arrives, so that no later change of a clock affects it.
    /// </summary>
    private Session CreateSession(SessionTokens tokens)
    {
        TimeSpan? lifetime = tokens.LifetimeFrom(_serverClock.UtcNow);

        // A short-lived token is renewed after half its lifetime instead of at every call.
        TimeSpan? renewAfter = lifetime < EarlyBy + EarlyBy
            ? TimeSpan.FromTicks(lifetime.Value.Ticks / 2)
            : lifetime - EarlyBy;
        return new Session(tokens.AccessToken, tokens.RefreshToken, _timeProvider.GetTimestamp())
        {
            Lifetime = lifetime,
            RenewAfter = renewAfter,
            ExpiresAt = lifetime is TimeSpan left ? _serverClock.LocalTimeAfter(left) : null,
        };
    }

    private TimeSpan GetAge(Session session) => _timeProvider.GetElapsedTime(session.Arrived);

    /// <param name="AccessToken">The access token.</param>
    /// <param name="RefreshToken">The refresh token, or null if there is none or it is used.</param>
    /// <param name="Arrived">The timestamp of the arrival of the tokens.</param>
    private sealed record Session(SecureString AccessToken, SecureString? RefreshToken, long Arrived)
    {
        /// <summary>Null if it is not known: the token is used until the server rejects it.</summary>
        public TimeSpan? Lifetime { get; init; }

        public TimeSpan? RenewAfter { get; init; }

        public DateTimeOffset? ExpiresAt { get; init; }

        public bool IsDue(TimeSpan age) => age >= RenewAfter && (RefreshToken is not null || HasEnded(age));

        public bool HasEnded(TimeSpan age) => age >= Lifetime;

        public Session WithoutRefreshToken() => this with { RefreshToken = null };
    }
}
