using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace Cadenza.SandboxServer;

/// <summary>Converts a request of Kestrel to a message for the handler, and the handler's answer back.</summary>
internal sealed class HandlerBridge(HttpMessageInvoker invoker)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using HttpRequestMessage request = ToMessage(context);
        HttpResponseMessage response;
        try
        {
            response = await invoker.SendAsync(request, context.RequestAborted);
        }
        catch (HttpRequestException exception) when (exception.InnerException is not BadHttpRequestException)
        {
            // The fault of a lost connection. A malformed request is not one: Kestrel answers it.
            Cut(context, exception.InnerException);
            return;
        }

        using (response)
        {
            CopyHead(response, context);
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await CopyBodyAsync(response.Content, context);
            }
        }
    }

    private static void Cut(HttpContext context, Exception? cause)
    {
        if (cause is HttpProtocolException protocol && context.Features.Get<IHttpResetFeature>() is { } stream)
        {
            stream.Reset((int)protocol.ErrorCode);
        }
        else
        {
            context.Abort();
        }
    }

    private static void CopyHead(HttpResponseMessage response, HttpContext context)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (KeyValuePair<string, IEnumerable<string>> header in response.Headers)
        {
            context.Response.Headers.Append(header.Key, string.Join(", ", header.Value));
        }

        foreach (KeyValuePair<string, IEnumerable<string>> header in response.Content.Headers)
        {
            context.Response.Headers.Append(header.Key, string.Join(", ", header.Value));
        }

        // A 204 has no Content-Length, not even 0.
        if (response.StatusCode != HttpStatusCode.NoContent)
        {
            context.Response.ContentLength = response.Content.Headers.ContentLength;
        }
    }

    private static async Task CopyBodyAsync(HttpContent content, HttpContext context)
    {
        if (content is not StreamContent)
        {
            await content.CopyToAsync(context.Response.Body, context.RequestAborted);
            return;
        }

        // Only a fault returns a stream: each part must be sent before the next one is read.
        await using Stream body = await content.ReadAsStreamAsync(context.RequestAborted);
        byte[] part = new byte[64 * 1024];
        try
        {
            for (int count; (count = await body.ReadAsync(part, context.RequestAborted)) > 0;)
            {
                await context.Response.Body.WriteAsync(part.AsMemory(0, count), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (IOException)
        {
            // Fewer bytes than declared: Kestrel sends them and closes. An abort could discard unsent bytes.
        }
    }

    private static HttpRequestMessage ToMessage(HttpContext context)
    {
        var uri = new Uri(context.Request.GetEncodedUrl());
        var message = new HttpRequestMessage(new HttpMethod(context.Request.Method), uri);
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            message.Content = new StreamContent(context.Request.Body);
        }

        foreach (KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues> header in context.Request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray()))
            {
                message.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
            }
        }

        return message;
    }
}
