using Microsoft.AspNetCore.Http;

namespace Cadenza.SandboxServer;

/// <summary>Refuses a CONNECT, as a proxy does, and counts how often it was asked.</summary>
internal sealed class TunnelRefusal(TunnelAnswer answer)
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public static bool Handles(HttpContext context) => HttpMethods.IsConnect(context.Request.Method);

    public Task InvokeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _count);
        if (answer == TunnelAnswer.Close)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.StatusCode = (int)answer;
        if (answer == TunnelAnswer.AuthenticationRequired)
        {
            context.Response.Headers.Append("Proxy-Authenticate", "Basic realm=\"proxy\"");
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        const string Page = "<html><body><h1>The proxy refuses</h1></body></html>";
        return context.Response.WriteAsync(Page, context.RequestAborted);
    }
}
