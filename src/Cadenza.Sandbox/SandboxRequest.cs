using System;
using Cadenza.Sandbox.Http;

namespace Cadenza.Sandbox;

/// <summary>One request that reached the sandbox. It has no headers and no body, so it has no secret.</summary>
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
    public string Path => PathAndQuery.Split('?')[0];

    /// <summary>The HTTP status of the answer, whether or not it arrived; 0 if there was none.</summary>
    public int Status { get; }

    /// <summary>The sandbox's number for the request, and the answer's <c>X-Request-Id</c> if it has one.</summary>
    public string RequestId { get; }

    /// <summary>Whether this request changed something before its answer: created, rotated or revoked a credential (see
    /// <see cref="SandboxCredential.Changes"/>), or began, renewed or ended a session. A verify does not count, nor
    /// does a change that is done later.</summary>
    public bool TookEffect { get; }

    /// <summary>The fault that it had; null if it had none.</summary>
    public SandboxFaultKind? Fault { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{RequestId} {Method} {PathAndQuery} {Status}")
        + (Fault is { } fault ? " " + fault : "");
}
