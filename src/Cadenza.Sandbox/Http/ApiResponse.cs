using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;

namespace Cadenza.Sandbox.Http;

/// <summary>An answer before it becomes a message: bytes that a fault could still cut, delay or drop.</summary>
internal sealed class ApiResponse(HttpStatusCode status, ArraySegment<byte> body)
{
    public HttpStatusCode Status { get; } = status;

    public ArraySegment<byte> Body { get; } = body;

    /// <summary>Null leaves the header out.</summary>
    public string? ContentType { get; set; } = "application/json; charset=utf-8";

    /// <summary>The method that a 405 asks for.</summary>
    public string? Allow { get; set; }

    public RetryConditionHeaderValue? RetryAfter { get; set; }

    /// <summary>Where a redirect leads.</summary>
    public Uri? Location { get; set; }

    /// <summary>Whether it comes from a proxy, which knows nothing of request ids.</summary>
    public bool IsProxys { get; set; }

    /// <summary>Makes the content from the body in another way than as it is.</summary>
    public Func<ArraySegment<byte>, HttpContent>? MakeContent { get; set; }

    public HttpResponseMessage ToMessage(HttpRequestMessage request, string requestId)
    {
        var content = MakeContent?.Invoke(Body) ?? new ByteArrayContent(Body.Array!, Body.Offset, Body.Count);
        content.Headers.ContentType = ContentType is null ? null : MediaTypeHeaderValue.Parse(ContentType);
        if (Allow is not null)
        {
            content.Headers.Allow.Add(Allow);
        }

        var message = new HttpResponseMessage(Status) { Content = content, RequestMessage = request };
        message.Headers.RetryAfter = RetryAfter;
        message.Headers.Location = Location;
        if (!IsProxys)
        {
            message.Headers.Add("X-Request-Id", requestId);
        }

        return message;
    }
}
