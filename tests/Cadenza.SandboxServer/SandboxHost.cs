using System.Net;
using Cadenza.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cadenza.SandboxServer;

/// <summary>A sandbox behind Kestrel on 127.0.0.1, for clients that use a real socket.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _invoker;
    private readonly TunnelRefusal _tunnel;

    private SandboxHost(WebApplication app, SandboxHandler sandbox, HttpMessageInvoker invoker, TunnelRefusal tunnel)
    {
        _app = app;
        _invoker = invoker;
        _tunnel = tunnel;
        Sandbox = sandbox;
        IServer server = app.Services.GetRequiredService<IServer>();
        BaseAddress = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:5080/</c>; the API lies below
    /// <c>/api/v3</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The sandbox itself: tokens, requests, state.</summary>
    public SandboxHandler Sandbox { get; }

    /// <summary>How many tunnels (CONNECT) were asked for and refused. A tunnel is not a request of the
    /// sandbox.</summary>
    public int TunnelCount => _tunnel.Count;

    /// <summary>Creates a sandbox and starts to listen.</summary>
    /// <param name="options">How the sandbox behaves.</param>
    /// <param name="port">The port; 0 takes any free one.</param>
    /// <param name="tunnel">How a CONNECT is answered, for tests that use the server as a proxy.</param>
    /// <param name="usesHttp2">True listens for HTTP/2 without TLS, false for HTTP/1.1.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="System.IO.IOException">The port is taken.</exception>
    public static async Task<SandboxHost> StartAsync(
        SandboxOptions options,
        int port = 0,
        TunnelAnswer tunnel = TunnelAnswer.Forbidden,
        bool usesHttp2 = false,
        CancellationToken cancellationToken = default)
    {
        var sandbox = new SandboxHandler(options);
        HttpProtocols protocols = usesHttp2 ? HttpProtocols.Http2 : HttpProtocols.Http1;
        WebApplication app = Build(port, protocols);
        var invoker = new HttpMessageInvoker(sandbox);
        var refusal = new TunnelRefusal(tunnel);
        try
        {
            var control = new ControlPages(sandbox);
            var bridge = new HandlerBridge(invoker);
            app.Run(context => TunnelRefusal.Handles(context) ? refusal.InvokeAsync(context)
                : ControlPages.Handles(context) ? control.InvokeAsync(context)
                : bridge.InvokeAsync(context));
            await app.StartAsync(cancellationToken);
            return new SandboxHost(app, sandbox, invoker, refusal);
        }
        catch
        {
            await app.DisposeAsync();
            invoker.Dispose();
            throw;
        }
    }

    /// <summary>Stops listening; requests in progress get a second to end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _invoker.Dispose();
    }

    private static WebApplication Build(int port, HttpProtocols protocols)
    {
        // An empty builder reads no settings files and no environment, and logs nothing.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = protocols);
            kestrel.AddServerHeader = false;
            // A test can read and send as slowly as it wants.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        // The process that started the host handles the signals.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        return builder.Build();
    }
}
