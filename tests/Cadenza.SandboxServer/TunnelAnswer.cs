namespace Cadenza.SandboxServer;

/// <summary>How the server answers a CONNECT, as a proxy that refuses a tunnel.</summary>
public enum TunnelAnswer
{
    /// <summary>It closes the connection without an answer.</summary>
    Close = 0,

    /// <summary>407, with <c>Proxy-Authenticate: Basic</c>.</summary>
    AuthenticationRequired = 407,

    /// <summary>403.</summary>
    Forbidden = 403,

    /// <summary>503.</summary>
    Unavailable = 503,
}
