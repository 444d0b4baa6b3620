using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace Cadenza.SandboxServer;

/// <summary>Turns what Kestrel received into a message for the handler, and the handler's answer back.</summary>
internal sealed class HandlerBridge(HttpMessageInvoker invoker)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var request = ToMessage(context);
        HttpResponseMessage response;
        try
        {
            response = await invoker.SendAsync(request, context.RequestAborted);
        }
        catch (HttpRequestException exception) when (exception.InnerException is not BadHttpRequestException)
        {
            // The sandbox's word for a connection that a fault cut before the answer; a malformed request is Kestrel's to answer.
            context.Abort();
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

    private static void CopyHead(HttpResponseMessage response, HttpContext context)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var header in response.Headers)
        {
            context.Response.Headers.Append(header.Key, string.Join(", ", header.Value));
        }

        foreach (var header in response.Content.Headers)
        {
            context.Response.Headers.Append(header.Key, string.Join(", ", header.Value));
        }

        // A 204 has no length, not even 0.
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

        // Only a fault gives a stream: each piece must be on its way before the next is waited for.
        await using var body = await content.ReadAsStreamAsync(context.RequestAborted);
        var piece = new byte[64 * 1024];
        try
        {
            for (int count; (count = await body.ReadAsync(piece, context.RequestAborted)) > 0;)
            {
                await context.Response.Body.WriteAsync(piece.AsMemory(0, count), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (IOException)
        {
            // Fewer bytes than declared: Kestrel sends these and closes. An abort could overtake them, and the client would see none.
        }
    }

    private static HttpRequestMessage ToMessage(HttpContext context)
    {
        var message = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(context.Request.GetEncodedUrl()));
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            message.Content = new StreamContent(context.Request.Body);
        }

        foreach (var header in context.Request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray()))
            {
                message.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
            }
        }

        return message;
    }
}
