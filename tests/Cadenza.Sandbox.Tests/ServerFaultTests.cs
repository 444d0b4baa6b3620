using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Sandbox.Tests.Support;
using Cadenza.SandboxServer;
using Xunit;

namespace Cadenza.Sandbox.Tests;

public sealed class ServerFaultTests
{
    [Theory]
    [InlineData("the kind must be one of", "--fault", "*:Gabrage")]
    [InlineData("--fault needs a value", "--fault")]
    [InlineData("--fault-seed must be a whole number", "--fault-seed", "x")]
    public async Task A_bad_fault_ends_the_server_with_one_line_and_exit_code_2(
        string expected, params string[] arguments)
    {
        using Process server = Start(arguments);
        using var limit = new CancellationTokenSource(Rig.Patience);
        string error = await server.StandardError.ReadToEndAsync(limit.Token);
        await server.WaitForExitAsync(limit.Token);
        Assert.Equal(2, server.ExitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task The_server_injects_the_faults_of_its_command_line_and_shows_them()
    {
        string[] faults =
            ["--fault", "credential/list:BadGatewayHtml:times=1", "--fault", "credential/list:Garbage:times=1"];
        using Process server = Start(["--stdin", .. faults, "--fault-seed", "5"]);
        using var limit = new CancellationTokenSource(Rig.Patience);
        try
        {
            var address = new Uri(await ReadWordAsync("address ") + "/");
            string token = await ReadWordAsync("token ");
            using var client = new HttpClient { BaseAddress = address, Timeout = Rig.Patience };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            for (int i = 0; i < 3; i++)
            {
                using HttpResponseMessage response = await client.GetAsync(
                    new Uri("api/v3/credential/list", UriKind.Relative), limit.Token);
            }

            string text = await client.GetStringAsync(new Uri("_sandbox/requests", UriKind.Relative), limit.Token);
            using var log = JsonDocument.Parse(text);
            var requests = log.RootElement.EnumerateArray().ToList();
            Assert.Equal(
                ["BadGatewayHtml", "Garbage", null],
                requests.Select(static r => r.GetProperty("fault").GetString()));
            Assert.All(requests, static r => Assert.False(r.GetProperty("tookEffect").GetBoolean()));
            server.StandardInput.Close();
            await server.WaitForExitAsync(limit.Token);
            Assert.Equal(0, server.ExitCode);
        }
        finally
        {
            server.Kill();
        }

        async Task<string> ReadWordAsync(string label)
        {
            string? line = await server.StandardOutput.ReadLineAsync(limit.Token);
            Assert.StartsWith(label, line, StringComparison.Ordinal);
            return line![label.Length..];
        }
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string assembly = typeof(SandboxHost).Assembly.GetName().Name + ".dll";
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly));
        Array.ForEach(arguments, start.ArgumentList.Add);
        return Process.Start(start)!;
    }
}
