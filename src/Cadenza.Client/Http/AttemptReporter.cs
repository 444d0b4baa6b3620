using System;
using Cadenza.Client.Models;
using Cadenza.Client.Security;

namespace Cadenza.Client.Http;

/// <summary>Adds attempts to the request log of a connection and reports them to the observer of a command.</summary>
internal sealed class AttemptReporter(SenderContext context, IRequestObserver? observer)
{
    /// <summary>Whether the observer wants headers and bodies.</summary>
    public bool WantsDetail => observer is { WantsDetail: true };

    /// <summary>Reports an attempt whose headers arrived or that failed. Returns its entry in the log.</summary>
    /// <param name="request">The request.</param>
    /// <param name="redactor">Redacts the secrets of the request.</param>
    /// <param name="attempt">The number of the attempt, from 1.</param>
    /// <param name="elapsed">The time since it was sent.</param>
    /// <param name="response">The response, or null.</param>
    /// <param name="failure">Why there is no response, or null.</param>
    /// <param name="detail">The headers and the body of the request, or null.</param>
    public CadenzaRequest? Report(
        ApiRequest request,
        SecretRedactor redactor,
        int attempt,
        TimeSpan elapsed,
        ApiResponse? response,
        string? failure,
        string? detail)
    {
        if (observer is { WantsAttempts: true })
        {
            ReportToObserver(request, redactor, attempt, elapsed, response, failure, detail);
        }

        return Log(request, redactor, attempt, elapsed, response);
    }

    private void ReportToObserver(
        ApiRequest request,
        SecretRedactor redactor,
        int attempt,
        TimeSpan elapsed,
        ApiResponse? response,
        string? failure,
        string? detail)
    {
        if (detail is not null && response is not null)
        {
            detail += "\n" + WireDetail.OfResponse(response);
            response.OnBody = body => observer!.OnDetail(WireDetail.OfBody(body, redactor));
        }

        observer!.OnAttempt(new RequestTrace
        {
            Method = request.Method.Method,
            Path = redactor.Redact(request.Path),
            Attempt = attempt,
            Status = response?.Status,
            Elapsed = elapsed,
            RequestId = response?.RequestId,
            Failure = redactor.RedactMessage(failure),
            Detail = detail,
        });
    }

    private CadenzaRequest? Log(
        ApiRequest request, SecretRedactor redactor, int attempt, TimeSpan elapsed, ApiResponse? response)
    {
        if (context.Options.RequestLog is not RequestLog log)
        {
            return null;
        }

        // Only a query contains what a user typed. The path of a change is a constant.
        string path = request.Path.IndexOf('?') < 0 ? request.Path : redactor.Redact(request.Path);
        var entry = new CadenzaRequest(request.Method.Method, path, context.Server)
        {
            Time = context.Options.TimeProvider.GetUtcNow() - elapsed,
            Status = response?.Status,
            Milliseconds = (int)elapsed.TotalMilliseconds,
            Attempt = attempt,
            RequestId = response?.RequestId,
        };
        log.Add(entry);
        return entry;
    }
}
