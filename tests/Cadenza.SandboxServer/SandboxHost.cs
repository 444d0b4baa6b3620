using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cadenza.SandboxServer;

/// <summary>A sandbox behind Kestrel on 127.0.0.1, for clients that shall go through a real socket.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _invoker;

    private SandboxHost(WebApplication app, SandboxHandler sandbox, HttpMessageInvoker invoker)
    {
        _app = app;
        _invoker = invoker;
        Sandbox = sandbox;
        BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:5080/</c>; the API lies below <c>/api/v3</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The sandbox itself: tokens, requests, state.</summary>
    public SandboxHandler Sandbox { get; }

    /// <summary>Makes a sandbox and starts to listen.</summary>
    /// <param name="options">How the sandbox behaves.</param>
    /// <param name="port">The port; 0 takes any free one.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="System.IO.IOException">The port is taken.</exception>
    public static async Task<SandboxHost> StartAsync(SandboxOptions options, int port = 0, CancellationToken cancellationToken = default)
    {
        var sandbox = new SandboxHandler(options);
        // An empty builder reads no settings files and no environment, and logs nothing.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            // A test may read or send as slowly as it likes.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        // The process belongs to whoever started the host; signals are that one's business.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        var app = builder.Build();
        var invoker = new HttpMessageInvoker(sandbox);
        try
        {
            var control = new ControlPages(sandbox);
            var bridge = new HandlerBridge(invoker);
            app.Run(context => ControlPages.Handles(context) ? control.InvokeAsync(context) : bridge.InvokeAsync(context));
            await app.StartAsync(cancellationToken);
            return new SandboxHost(app, sandbox, invoker);
        }
        catch
        {
            await app.DisposeAsync();
            invoker.Dispose();
            throw;
        }
    }

    /// <summary>Stops listening; requests under way get a second to end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _invoker.Dispose();
    }
}
