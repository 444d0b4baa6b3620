using System;
using Cadenza.Sandbox.Http;

namespace Cadenza.Sandbox;

/// <summary>One request that reached the sandbox. It never holds headers or bodies, so it never holds a secret.</summary>
public sealed class SandboxRequest
{
    internal SandboxRequest(ApiCall call, int status, SandboxFaultKind? fault)
    {
        Method = call.Method;
        PathAndQuery = call.PathAndQuery;
        Status = status;
        RequestId = call.RequestId;
        TookEffect = call.TookEffect;
        Fault = fault;
    }

    /// <summary>The HTTP method, upper case.</summary>
    public string Method { get; }

    /// <summary>Path and query as sent, still percent-encoded.</summary>
    public string PathAndQuery { get; }

    /// <summary>The path alone.</summary>
    public string Path => PathAndQuery.IndexOf('?') is var mark and >= 0 ? PathAndQuery.Substring(0, mark) : PathAndQuery;

    /// <summary>The HTTP status of the answer, whether or not it arrived; 0 when there was none.</summary>
    public int Status { get; }

    /// <summary>The sandbox's number for the request, and the answer's <c>X-Request-Id</c> where the answer bears one.</summary>
    public string RequestId { get; }

    /// <summary>Whether this request changed something: made, rotated or revoked a credential
    /// (see <see cref="SandboxCredential.Changes"/>), or began, renewed or ended a session. A verify only asks.</summary>
    public bool TookEffect { get; }

    /// <summary>What was made to go wrong with it; null when nothing was.</summary>
    public SandboxFaultKind? Fault { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{RequestId} {Method} {PathAndQuery} {Status}") + (Fault is { } fault ? " " + fault : "");
}
