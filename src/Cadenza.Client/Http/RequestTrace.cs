using System;

namespace Cadenza.Client.Http;

/// <summary>One attempt as it went over the wire, for <c>-Verbose</c> and <c>-Debug</c>. Holds no secret.</summary>
public sealed class RequestTrace
{
    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query.</summary>
    public required string Path { get; init; }

    /// <summary>Which attempt of the request it was, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The HTTP status, or null where no answer came.</summary>
    public int? Status { get; init; }

    /// <summary>From sending to the answer's headers.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The answer's request id, if any.</summary>
    public string? RequestId { get; init; }

    /// <summary>Why no answer came, or null.</summary>
    public string? Failure { get; init; }

    /// <summary>Headers and bodies with every secret masked; null unless the observer asked for them.</summary>
    public string? Detail { get; init; }

    /// <summary>The attempt in one line.</summary>
    public override string ToString()
    {
        string result = Status is int status ? "HTTP " + status : Failure ?? "no answer";
        string request = RequestId is null ? "" : ", request " + RequestId;
        return FormattableString.Invariant($"{Method} {Path}: {result}, {Elapsed.TotalMilliseconds:0} ms, attempt {Attempt}{request}");
    }
}

/// <summary>Is told of every attempt. May be called from any thread.</summary>
public interface IRequestObserver
{
    /// <summary>Whether <see cref="OnAttempt"/> is wanted at all: a thousand changes a second make as many traces.</summary>
    bool WantsAttempts { get; }

    /// <summary>Whether <see cref="RequestTrace.Detail"/> is wanted: it costs time.</summary>
    bool WantsDetail { get; }

    /// <summary>An attempt ended. Only where <see cref="WantsAttempts"/>.</summary>
    void OnAttempt(RequestTrace trace);

    /// <summary>What came of an attempt in detail: headers and body, with every secret masked. Only where <see cref="WantsDetail"/>.</summary>
    void OnDetail(string detail);

    /// <summary>Something that the caller should know, though the call succeeded.</summary>
    void OnWarning(string message);
}
