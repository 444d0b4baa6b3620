using System;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Text;
using Cadenza.Sandbox.Http;

namespace Cadenza.Sandbox.Faults;

/// <summary>Makes or damages the answers of faults.</summary>
internal static class FaultResponses
{
    private const int MaxGarbage = 512;

    // A name that cannot exist: a client that follows the redirect finds nothing.
    private static readonly Uri Elsewhere = new("https://sign-in.invalid/login");

    public static ApiResponse Html(HttpStatusCode status)
    {
        string title = Title(status);
        string html = $"<html>\r\n<head><title>{title}</title></head>\r\n<body><h1>{title}</h1></body>\r\n</html>\r\n";
        return new ApiResponse(status, new ArraySegment<byte>(Encoding.UTF8.GetBytes(html)))
        {
            ContentType = "text/html; charset=utf-8",
            IsFromProxy = true,
            ProxyAuthenticate = status == HttpStatusCode.ProxyAuthenticationRequired ? "Basic realm=\"proxy\"" : null,
        };
    }

    public static ApiResponse JsonFromProxy(HttpStatusCode status, string body) =>
        new(status, new ArraySegment<byte>(Encoding.UTF8.GetBytes(body))) { IsFromProxy = true };

    public static ApiResponse UnavailableHtml(FaultContext context) =>
        WithRetryAfter(Html(HttpStatusCode.ServiceUnavailable), context);

    public static ApiResponse Empty(HttpStatusCode status) => new(status, new ArraySegment<byte>([]));

    public static ApiResponse EmptyFromProxy(HttpStatusCode status) =>
        new(status, new ArraySegment<byte>([])) { ContentType = null, IsFromProxy = true };

    public static ApiResponse NoContent() =>
        new(HttpStatusCode.NoContent, new ArraySegment<byte>([])) { ContentType = null };

    public static ApiResponse Redirect()
    {
        ApiResponse response = Html(HttpStatusCode.Redirect);
        response.Location = Elsewhere;
        return response;
    }

    public static ApiResponse Refusal(ApiError error, FaultContext context)
    {
        ApiResponse response = Envelope.Failure(error, context.Call);
        return error.IsTransient ? WithRetryAfter(response, context) : response;
    }

    public static ApiResponse Garbage(FaultContext context) =>
        Success(context.Random.NextBytes(1 + context.Random.Next(MaxGarbage)));

    public static void DeclareAsText(ApiResponse real, FaultContext context) =>
        real.ContentType = "text/plain; charset=utf-8";

    public static void Truncate(ApiResponse real, FaultContext context) => LoseHalf(real, context, isSilent: false);

    public static void DropMidway(ApiResponse real, FaultContext context) => LoseHalf(real, context, isSilent: true);

    public static void Drip(ApiResponse real, FaultContext context) =>
        real.MakeContent = body => Stream(context, body, body.Count, context.Delay, isSilent: false);

    private static void LoseHalf(ApiResponse real, FaultContext context, bool isSilent) =>
        real.MakeContent = body => Stream(context, body, body.Count / 2, TimeSpan.Zero, isSilent);

    private static ApiResponse Success(byte[] body) => new(HttpStatusCode.OK, new ArraySegment<byte>(body));

    private static string Title(HttpStatusCode status) => (int)status switch
    {
        200 => "Scheduled maintenance",
        302 => "302 Found",
        401 => "401 Authorization Required",
        403 => "403 Forbidden",
        407 => "407 Proxy Authentication Required",
        451 => "451 Unavailable For Legal Reasons",
        500 => "500 Internal Server Error",
        502 => "502 Bad Gateway",
        503 => "503 Service Temporarily Unavailable",
        504 => "504 Gateway Time-out",
        511 => "511 Network Authentication Required",
        var other => other.ToString(CultureInfo.InvariantCulture),
    };

    private static ApiResponse WithRetryAfter(ApiResponse response, FaultContext context)
    {
        response.RetryAfter = RetryAfter(context.Rule, context.Options.UtcNow());
        return response;
    }

    // Rounded up to whole seconds: the header has no fractions, and the client must not come too early.
    private static string? RetryAfter(SandboxFaultRule rule, DateTimeOffset now)
    {
        if (rule.RetryAfterText is not null)
        {
            return rule.RetryAfterText;
        }

        if (rule.RetryAfterDate is { } date)
        {
            return date.ToString("R", CultureInfo.InvariantCulture);
        }

        return rule.RetryAfter is not { } wait ? null
            : rule.RetryAfterAsDate
                ? new DateTimeOffset(WholeSeconds((now + wait).UtcTicks) * TimeSpan.TicksPerSecond, TimeSpan.Zero)
                    .ToString("R", CultureInfo.InvariantCulture)
                : WholeSeconds(wait.Ticks).ToString(CultureInfo.InvariantCulture);
    }

    private static long WholeSeconds(long ticks) => (ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;

    private static StreamContent Stream(
        FaultContext context, ArraySegment<byte> body, int available, TimeSpan interval, bool isSilent)
    {
#pragma warning disable CA2000 // The content owns the stream.
        var stream = new FaultStream(body, available, interval, isSilent, context.Options.DelayAsync);
        var content = new StreamContent(stream);
#pragma warning restore CA2000
        content.Headers.ContentLength = body.Count;
        return content;
    }
}
