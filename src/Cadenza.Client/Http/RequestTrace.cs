using System;

namespace Cadenza.Client.Http;

/// <summary>A trace of one attempt, for verbose and debug output. Contains no secrets.</summary>
internal sealed class RequestTrace
{
    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path and query.</summary>
    public required string Path { get; init; }

    /// <summary>The number of the attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The HTTP status code, or null if there was no response.</summary>
    public int? Status { get; init; }

    /// <summary>The time from sending to the headers of the response.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The request id from the response, or null.</summary>
    public string? RequestId { get; init; }

    /// <summary>Why there was no response, or null.</summary>
    public string? Failure { get; init; }

    /// <summary>
    /// Headers and request body with secrets masked, or null unless <see cref="IRequestObserver.WantsDetail"/>.
    /// </summary>
    public string? Detail { get; init; }

    /// <summary>Returns the attempt as one line.</summary>
    public override string ToString()
    {
        string result = Status is int status ? "HTTP " + status : Failure ?? "no response";
        string request = RequestId is null ? "" : ", request " + RequestId;
        return FormattableString.Invariant(
            $"{Method} {Path}: {result}, {Elapsed.TotalMilliseconds:0} ms, attempt {Attempt}{request}");
    }
}
