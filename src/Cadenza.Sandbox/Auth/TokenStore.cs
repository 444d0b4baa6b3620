using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Sandbox.Seeding;

namespace Cadenza.Sandbox.Auth;

/// <summary>Issues, renews and ends tokens. Guarded by the handler's lock.</summary>
internal sealed class TokenStore(SandboxOptions options, SeededRandom random, AccessTokenWriter writer)
{
    private const int PruneAbove = 1_000;
    private readonly Dictionary<string, Grant> _access = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Grant> _refresh = new(StringComparer.Ordinal);

    public bool IsValid(string? accessToken) =>
        accessToken is not null && _access.TryGetValue(accessToken, out Grant? grant) && grant.IsGood(options.UtcNow());

    public string IssueAccess() => IssueAccess(new Session(), options.UtcNow()).Token;

    public TokenPair SignIn() => Issue(new Session());

    /// <summary>Exchanges a refresh token for a new pair, which uses it up. Null: it is unknown, used up or
    /// expired.</summary>
    public TokenPair? Refresh(string refreshToken)
    {
        if (!_refresh.TryGetValue(refreshToken, out Grant? grant))
        {
            return null;
        }

        _refresh.Remove(refreshToken);
        return grant.IsGood(options.UtcNow()) ? Issue(grant.Session) : null;
    }

    /// <summary>Ends the session that the token belongs to.</summary>
    public void SignOut(string? accessToken)
    {
        if (accessToken is not null && _access.TryGetValue(accessToken, out Grant? grant))
        {
            grant.Session.IsEnded = true;
        }
    }

    /// <summary>Makes one access token invalid; its session and refresh token stay valid.</summary>
    public void ExpireAccess(string? accessToken)
    {
        if (accessToken is not null)
        {
            _access.Remove(accessToken);
        }
    }

    private static void Prune(Dictionary<string, Grant> grants, DateTimeOffset now)
    {
        if (grants.Count <= PruneAbove)
        {
            return;
        }

        string[] expired = [.. grants.Where(pair => !pair.Value.IsGood(now)).Select(static pair => pair.Key)];
        foreach (string token in expired)
        {
            grants.Remove(token);
        }
    }

    private TokenPair Issue(Session session)
    {
        DateTimeOffset now = options.UtcNow();
        (string Token, DateTimeOffset Expires) access = IssueAccess(session, now);
        string refreshToken = "v1." + random.NextText(43);
        Prune(_refresh, now);
        _refresh.Add(refreshToken, new Grant(session, now + options.RefreshTokenLifetime));
        return new TokenPair(access.Token, refreshToken, access.Expires);
    }

    private (string Token, DateTimeOffset Expires) IssueAccess(Session session, DateTimeOffset now)
    {
        DateTimeOffset expires = now + options.AccessTokenLifetime;
        string token = writer.Write(now, expires);
        Prune(_access, now);
        _access.Add(token, new Grant(session, expires));
        return (token, expires);
    }
}
