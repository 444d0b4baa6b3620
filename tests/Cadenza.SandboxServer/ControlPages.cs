using Cadenza.Sandbox;
using Microsoft.AspNetCore.Http;

namespace Cadenza.SandboxServer;

/// <summary>Pages beside the API that show the requests and the state of the sandbox to a test in another process. They
/// need no token and do not count as requests.</summary>
internal sealed class ControlPages(SandboxHandler sandbox)
{
    private const string Prefix = "/_sandbox";

    public static bool Handles(HttpContext context) =>
        context.Request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal);

    public Task InvokeAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case Prefix + "/requests":
                return context.Response.WriteAsJsonAsync(
                    sandbox.Requests.Select(static r => new
                    {
                        r.Method,
                        r.Path,
                        r.PathAndQuery,
                        r.Status,
                        r.RequestId,
                        r.TookEffect,
                        Fault = r.Fault?.ToString(),
                    }),
                    context.RequestAborted);
            case Prefix + "/identity":
                return context.Response.WriteAsJsonAsync(new { sandbox.InstanceId }, context.RequestAborted);
            case Prefix + "/state":
                return context.Response.WriteAsJsonAsync(
                    sandbox.GetState().Credentials.Select(static c => new
                    {
                        c.CredentialId,
                        c.Venue,
                        c.Nickname,
                        c.Status,
                        c.Changes,
                        c.Fingerprint,
                        c.LastRequestId,
                        c.RevokedByRequestId,
                        c.IsBlocked,
                        c.IsColleagues,
                    }),
                    context.RequestAborted);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }
}
