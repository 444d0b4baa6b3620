using Microsoft.Extensions.Hosting;

namespace Cadenza.SandboxServer;

/// <summary>A host lifetime that handles no signals, so that a host in a test run does not catch Ctrl+C.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
