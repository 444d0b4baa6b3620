using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;

namespace Cadenza.Sandbox.Http;

/// <summary>An answer before it becomes a message: a fault can still cut, delay or drop its bytes.</summary>
internal sealed class ApiResponse(HttpStatusCode status, ArraySegment<byte> body)
{
    private List<(string Name, string Value)>? _others;

    public HttpStatusCode Status { get; } = status;

    public ArraySegment<byte> Body { get; } = body;

    /// <summary>Null omits the header.</summary>
    public string? ContentType { get; set; } = "application/json; charset=utf-8";

    /// <summary>The method that a 405 allows.</summary>
    public string? Allow { get; set; }

    /// <summary>The header as it is sent, valid or not.</summary>
    public string? RetryAfter { get; set; }

    public string? ProxyAuthenticate { get; set; }

    public DateTimeOffset? Date { get; set; }

    /// <summary>The target of a redirect.</summary>
    public Uri? Location { get; set; }

    /// <summary>Whether it comes from a proxy or firewall, which knows no request ids.</summary>
    public bool IsFromProxy { get; set; }

    /// <summary>Makes the content from the body; null: the content is the body.</summary>
    public Func<ArraySegment<byte>, HttpContent>? MakeContent { get; set; }

    /// <summary>Adds a header that only a few answers have.</summary>
    public void AddHeader(string name, string value) => (_others ??= []).Add((name, value));

    public HttpResponseMessage ToMessage(HttpRequestMessage request, string requestId)
    {
        HttpContent content = MakeContent?.Invoke(Body) ?? new ByteArrayContent(Body.Array!, Body.Offset, Body.Count);
        content.Headers.ContentType = ContentType is null ? null : MediaTypeHeaderValue.Parse(ContentType);
        if (Allow is not null)
        {
            content.Headers.Allow.Add(Allow);
        }

        var message = new HttpResponseMessage(Status) { Content = content, RequestMessage = request };
        message.Headers.Location = Location;
        Add(message, "Retry-After", RetryAfter);
        Add(message, "Proxy-Authenticate", ProxyAuthenticate);
        Add(message, "Date", Date?.ToString("R", CultureInfo.InvariantCulture));
        Add(message, "X-Request-Id", IsFromProxy ? null : requestId);
        foreach ((string name, string value) in _others ?? [])
        {
            Add(message, name, value);
        }

        return message;
    }

    private static void Add(HttpResponseMessage message, string name, string? value)
    {
        if (value is not null)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
