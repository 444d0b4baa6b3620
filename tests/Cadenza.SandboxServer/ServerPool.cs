using System.Text.Json;

namespace Cadenza.SandboxServer;

/// <summary>
/// Runs many independent servers in one process, because a test that starts a process for each waits for it. A line of
/// the input is a JSON array: the arguments of a server to start, or <c>["stop", address]</c>. The output has the
/// lines of a single server, or one line with the error. All servers stop at the end of the input.
/// </summary>
internal static class ServerPool
{
    public static async Task RunAsync(TextReader input, TextWriter output)
    {
        var servers = new Dictionary<string, SandboxHost>(StringComparer.Ordinal);
        try
        {
            while (await input.ReadLineAsync() is string line)
            {
                await output.WriteLineAsync(await ExecuteAsync(servers, JsonSerializer.Deserialize<string[]>(line)!));
                await output.FlushAsync();
            }
        }
        finally
        {
            foreach (SandboxHost server in servers.Values)
            {
                await server.DisposeAsync();
            }
        }
    }

    private static async Task<string> ExecuteAsync(Dictionary<string, SandboxHost> servers, string[] command)
    {
        if (command is ["stop", string address])
        {
            return await StopAsync(servers, address);
        }

        try
        {
            var arguments = ServerArguments.Parse(command);
            SandboxHost server = await SandboxHost.StartAsync(
                arguments.Options, arguments.Port, arguments.Tunnel ?? TunnelAnswer.Forbidden, arguments.UsesHttp2);
            string started = server.BaseAddress.GetLeftPart(UriPartial.Authority);
            servers.Add(started, server);
            return $"address {started}\ntoken {server.Sandbox.IssueAccessToken()}";
        }
        catch (Exception exception) when (exception is FormatException or IOException)
        {
            return "error " + exception.Message.ReplaceLineEndings(" ");
        }
    }

    private static async Task<string> StopAsync(Dictionary<string, SandboxHost> servers, string address)
    {
        if (!servers.Remove(address, out SandboxHost? server))
        {
            return "error there is no server at " + address;
        }

        await server.DisposeAsync();
        return "stopped " + address;
    }
}
