using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Cadenza.SandboxServer;

namespace Cadenza.Sandbox.Tests;

public sealed class ServerFaultTests
{
    [Theory]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    [InlineData("the kind must be one of", "--fault", "*:Gabrage")]
    [InlineData("--fault needs a value", "--fault")]
    [InlineData("--fault-seed must be a whole number", "--fault-seed", "x")]
    [InlineData("--paging must be cursor, offset, unfiltered or gaps", "--paging", "pages")]
    [InlineData("--tunnel must be 407, 403, 503 or close", "--tunnel", "404")]
    [InlineData("unknown argument --tunel", "--tunel", "403")]
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
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public async Task The_server_injects_the_faults_of_its_command_line_and_shows_them()
    {
        string[] faults =
            ["--fault", "credential/list:BadGatewayHtml:times=1", "--fault", "credential/list:Garbage:times=1"];
        using Process server = Start(["--stdin", .. faults, "--fault-seed", "5"]);
        using var limit = new CancellationTokenSource(Rig.Patience);
        try
        {
            using HttpClient client = await ConnectAsync(server, limit.Token);
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
    }

    [Fact]
    public async Task The_server_behaves_as_its_command_line_has_it()
    {
        using Process server = Start(
            "--stdin", "--count", "5", "--page-size", "3", "--paging", "offset", "--strict-members", "--strict-types",
            "--lock-accounts", "--token-lifetime", "90", "--clock-behind", "4200", "--omit-expires-in");
        using var limit = new CancellationTokenSource(Rig.Patience);
        try
        {
            using HttpClient client = await ConnectAsync(server, limit.Token);
            Response list = await Response.ReadAsync(GetAsync("api/v3/credential/list?offset=3"));
            Assert.Equal(2, list.Data.GetArrayLength());
            Response accounts = await Response.ReadAsync(GetAsync("api/v3/tradingAccount/list"));
            Assert.Contains("\"LOCKED\"", accounts.Text, StringComparison.Ordinal);
            Assert.Equal(-19004, (await PostAsync("credential/create", new { name = "a" })).Errno);
            object create = new { venue = "BINANCE", credentialType = "RSA", apiKey = "k", apiSecret = "s" };
            Assert.Equal(-22015, (await PostAsync("credential/create", create)).Errno);
            Response login = await PostAsync(
                "auth/login", new { email = "admin@sandbox.example", password = "sandbox-password" });
            Assert.False(login.Data.TryGetProperty("expiresIn", out _));
            DateTimeOffset date = DateTimeOffset.Parse(login.Date!, CultureInfo.InvariantCulture);
            long life = login.Data.GetProperty("expiresAt").GetInt64() - date.ToUnixTimeSeconds();
            Assert.InRange(life, 70, 90);
            Assert.InRange(DateTimeOffset.UtcNow - date, TimeSpan.FromSeconds(4190), TimeSpan.FromSeconds(4300));
            Response identity = await Response.ReadAsync(GetAsync("_sandbox/identity"));
            Assert.Matches("^[0-9a-f]{8}$", identity.Json.GetProperty("instanceId").GetString());

            Task<HttpResponseMessage> GetAsync(string page) =>
                client.GetAsync(new Uri(page, UriKind.Relative), limit.Token);

            Task<Response> PostAsync(string page, object body) => Response.ReadAsync(
                client.PostAsJsonAsync(new Uri("api/v3/" + page, UriKind.Relative), body, limit.Token));
        }
        finally
        {
            server.Kill();
        }
    }

    private static async Task<HttpClient> ConnectAsync(Process server, CancellationToken cancellationToken)
    {
        var address = new Uri(await ReadWordAsync("address ") + "/");
        string token = await ReadWordAsync("token ");
        var client = new HttpClient { BaseAddress = address, Timeout = Rig.Patience };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;

        async Task<string> ReadWordAsync(string label)
        {
            string? line = await server.StandardOutput.ReadLineAsync(cancellationToken);
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
