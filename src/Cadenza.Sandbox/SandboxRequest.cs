using System;

namespace Cadenza.Sandbox;

/// <summary>One request that reached the sandbox. It never holds headers or bodies, so it never holds a secret.</summary>
public sealed class SandboxRequest
{
    internal SandboxRequest(string method, string pathAndQuery, int status, string requestId)
    {
        Method = method;
        PathAndQuery = pathAndQuery;
        Status = status;
        RequestId = requestId;
    }

    /// <summary>The HTTP method, upper case.</summary>
    public string Method { get; }

    /// <summary>Path and query as sent, still percent-encoded.</summary>
    public string PathAndQuery { get; }

    /// <summary>The path alone.</summary>
    public string Path => PathAndQuery.IndexOf('?') is var mark and >= 0 ? PathAndQuery.Substring(0, mark) : PathAndQuery;

    /// <summary>The HTTP status of the answer.</summary>
    public int Status { get; }

    /// <summary>The answer's <c>X-Request-Id</c>.</summary>
    public string RequestId { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{RequestId} {Method} {PathAndQuery} {Status}");
}
