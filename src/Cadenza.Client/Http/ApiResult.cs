namespace Cadenza.Client.Http;

/// <summary>The result of a successful call.</summary>
/// <param name="Value">The result.</param>
/// <param name="Attempts">The number of attempts.</param>
/// <param name="RequestId">The request id of the last attempt from the response, or null.</param>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed record ApiResult<T>(T Value, int Attempts, string? RequestId)
{
    /// <summary>Whether the server only accepted the change and carries it out later.</summary>
    public bool IsAccepted { get; init; }
}
