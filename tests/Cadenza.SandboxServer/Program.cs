using System.Runtime.InteropServices;

namespace Cadenza.SandboxServer;

internal static class Program
{
    private const int BadArguments = 2;

    private static async Task<int> Main(string[] args)
    {
        ServerArguments arguments;
        try
        {
            arguments = ServerArguments.Parse(args);
        }
        catch (FormatException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message + "; " + ServerArguments.Usage);
            return BadArguments;
        }

        if (arguments.WantsHelp)
        {
            await Console.Out.WriteLineAsync(ServerArguments.Usage);
            return 0;
        }

        try
        {
            await (arguments.ServesMany ? ServerPool.RunAsync(Console.In, Console.Out) : RunAsync(arguments));
            return 0;
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task RunAsync(ServerArguments arguments)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        await using SandboxHost host = await SandboxHost.StartAsync(
            arguments.Options, arguments.Port, arguments.Tunnel ?? TunnelAnswer.Forbidden, arguments.UsesHttp2);
        // Two lines for programs to read; the caller waits for the second.
        await Console.Out.WriteLineAsync("address " + host.BaseAddress.GetLeftPart(UriPartial.Authority));
        await Console.Out.WriteLineAsync("token " + host.Sandbox.IssueAccessToken());
        if (arguments.EndsWithInput)
        {
            _ = Task.Run(() =>
            {
                while (Console.Read() >= 0)
                {
                    // Only the end of the input has a meaning.
                }

                end.TrySetResult();
            });
        }

        await end.Task;

        void End(PosixSignalContext context)
        {
            // Without this the signal ends the process before the host has stopped.
            context.Cancel = true;
            end.TrySetResult();
        }
    }
}
