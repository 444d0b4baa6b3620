using System;

namespace Cadenza.Sandbox.Auth;

/// <summary>The session of a token, and when the token expires.</summary>
internal sealed class Grant(Session session, DateTimeOffset expires)
{
    public Session Session { get; } = session;

    public DateTimeOffset Expires { get; } = expires;

    public bool IsGood(DateTimeOffset now) => !Session.IsEnded && now < Expires;
}
