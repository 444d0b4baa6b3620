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

    /// <summary>The method that a 405 asks for.</summary>
    public string? Allow { get; set; }

    public HttpResponseMessage ToMessage(HttpRequestMessage request, string requestId)
    {
        var content = new ByteArrayContent(Body.Array!, Body.Offset, Body.Count);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        if (Allow is not null)
        {
            content.Headers.Allow.Add(Allow);
        }

        var message = new HttpResponseMessage(Status) { Content = content, RequestMessage = request };
        message.Headers.Add("X-Request-Id", requestId);
        return message;
    }
}
