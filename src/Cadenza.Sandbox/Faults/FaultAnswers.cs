using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using Cadenza.Sandbox.Http;

namespace Cadenza.Sandbox.Faults;

/// <summary>Makes the answer that the client gets instead of the right one.</summary>
internal sealed class FaultAnswers(SandboxOptions options, FaultSchedule schedule)
{
    private const int MostGarbage = 512;
    private const string Html = "text/html; charset=utf-8";

    // A name that nobody can own: a client that follows finds nothing.
    private static readonly Uri Elsewhere = new("https://sign-in.invalid/login");

    /// <summary>The answer; null when there shall be none.</summary>
    /// <param name="rule">What goes wrong.</param>
    /// <param name="real">The right answer; null when the request took no effect.</param>
    /// <param name="call">The request.</param>
    public ApiResponse? Make(SandboxFaultRule rule, ApiResponse? real, ApiCall call) => rule.Kind switch
    {
        SandboxFaultKind.RateLimited => Refuse(ApiErrors.RateLimited, rule, call),
        SandboxFaultKind.LockNotAcquired => Refuse(ApiErrors.LockNotAcquired, rule, call),
        SandboxFaultKind.ServerErrorJson => Envelope.Failure(ApiErrors.Unknown, call),
        SandboxFaultKind.ServerErrorHtml => Page(HttpStatusCode.InternalServerError, "500 Internal Server Error"),
        SandboxFaultKind.BadGatewayHtml => Page(HttpStatusCode.BadGateway, "502 Bad Gateway"),
        SandboxFaultKind.BadGatewayEmpty => new ApiResponse(HttpStatusCode.BadGateway, Nothing) { ContentType = null, IsProxys = true },
        SandboxFaultKind.ServiceUnavailableJson => Refuse(ApiErrors.Unavailable, rule, call),
        SandboxFaultKind.ServiceUnavailableHtml =>
            WithRetryAfter(Page(HttpStatusCode.ServiceUnavailable, "503 Service Temporarily Unavailable"), rule),
        SandboxFaultKind.GatewayTimeoutHtml => Page(HttpStatusCode.GatewayTimeout, "504 Gateway Time-out"),
        SandboxFaultKind.GatewayTimeoutJson => Envelope.Failure(ApiErrors.TimedOut, call),
        SandboxFaultKind.EmptyOk => new ApiResponse(HttpStatusCode.OK, Nothing),
        SandboxFaultKind.NoContent => new ApiResponse(HttpStatusCode.NoContent, Nothing) { ContentType = null },
        SandboxFaultKind.Garbage => new ApiResponse(HttpStatusCode.OK, Garbage()),
        SandboxFaultKind.HtmlOk => Page(HttpStatusCode.OK, "Scheduled maintenance"),
        SandboxFaultKind.Redirect => Redirect(),
        SandboxFaultKind.ResetBefore or SandboxFaultKind.ResetAfter or SandboxFaultKind.NeverAnswer => null,
        _ => Spoil(real!, rule),
    };

    private static ArraySegment<byte> Nothing => new([]);

    private static ApiResponse Page(HttpStatusCode status, string title)
    {
        var html = $"<html>\r\n<head><title>{title}</title></head>\r\n<body><h1>{title}</h1></body>\r\n</html>\r\n";
        return new ApiResponse(status, new ArraySegment<byte>(Encoding.UTF8.GetBytes(html))) { ContentType = Html, IsProxys = true };
    }

    private static ApiResponse Redirect()
    {
        var response = Page(HttpStatusCode.Redirect, "302 Found");
        response.Location = Elsewhere;
        return response;
    }

    private ApiResponse Refuse(ApiError error, SandboxFaultRule rule, ApiCall call) => WithRetryAfter(Envelope.Failure(error, call), rule);

    // Up to the next whole second: the header knows no fractions, and a client that heeds it must not come too early.
    private ApiResponse WithRetryAfter(ApiResponse response, SandboxFaultRule rule)
    {
        if (rule.RetryAfter is { } wait)
        {
            response.RetryAfter = rule.RetryAfterAsDate
                ? new RetryConditionHeaderValue(new DateTimeOffset(WholeSeconds((options.UtcNow() + wait).UtcTicks), TimeSpan.Zero))
                : new RetryConditionHeaderValue(TimeSpan.FromTicks(WholeSeconds(wait.Ticks)));
        }

        return response;
    }

    private static long WholeSeconds(long ticks) =>
        (ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond;

    private ArraySegment<byte> Garbage() => new(schedule.Random.NextBytes(1 + schedule.Random.Next(MostGarbage)));

    private ApiResponse Spoil(ApiResponse real, SandboxFaultRule rule)
    {
        var half = real.Body.Count / 2;
        switch (rule.Kind)
        {
            case SandboxFaultKind.WrongContentType:
                real.ContentType = "text/plain; charset=utf-8";
                break;
            case SandboxFaultKind.Drip:
                real.MakeContent = body => Stream(body, body.Count, FaultSchedule.DelayOf(rule), isSilent: false);
                break;
            default:
                real.MakeContent = body => Stream(body, half, TimeSpan.Zero, rule.Kind == SandboxFaultKind.DropMidway);
                break;
        }

        return real;
    }

    private StreamContent Stream(ArraySegment<byte> body, int available, TimeSpan interval, bool isSilent)
    {
#pragma warning disable CA2000 // The content owns the stream.
        var content = new StreamContent(new FaultStream(body, available, interval, isSilent, options.Delay));
#pragma warning restore CA2000
        content.Headers.ContentLength = body.Count;
        return content;
    }
}
