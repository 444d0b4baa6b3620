using System;
using System.Threading;

namespace Cadenza.Client.Http;

/// <summary>The caller canceled a call. The effect of its attempts may be unknown.</summary>
internal sealed class RequestCanceledException(int attempts, string? requestId, CancellationToken token)
    : OperationCanceledException(token)
{
    /// <summary>The number of started attempts.</summary>
    public int Attempts { get; } = attempts;

    /// <summary>Whether the server had accepted the change.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>The request id of the last response, or null.</summary>
    public string? RequestId { get; } = requestId;
}
