using System;
using System.Threading;

namespace Cadenza.Client.Http;

/// <summary>The caller cancelled a call, perhaps after attempts whose effect is unknown.</summary>
internal sealed class RequestCanceledException(int attempts, string? requestId, CancellationToken token) : OperationCanceledException(token)
{
    /// <summary>How many attempts had been begun.</summary>
    public int Attempts { get; } = attempts;

    /// <summary>The request id of the last answer; null where there was none.</summary>
    public string? RequestId { get; } = requestId;
}
