using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cadenza.Benchmarks;

/// <summary>
/// Sends prepared responses in the format of the API: a revoke changes nothing, and filters are ignored. The base
/// address can contain the number of credentials and the delay of changes: <c>http://127.0.0.1:port/100000</c> lists
/// 100,000, and <c>http://127.0.0.1:port/2000/20</c> lists 2,000 and responds to changes after 20 ms. The command line
/// sets the defaults.
/// </summary>
internal sealed class CannedServer(int defaultCount, int defaultDelay)
{
    private const string ApiRoot = "/api/v3/";
    private readonly Canned _canned = new();

    public async Task RunAsync(int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
        });
        await using WebApplication app = builder.Build();
        app.Run(RespondAsync);
        await app.StartAsync();
        IServer server = app.Services.GetRequiredService<IServer>();
        string address = server.Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await Console.Out.WriteLineAsync("address " + address);
        await Console.Out.WriteLineAsync("token " + Canned.Token);
        await Task.Run(static () =>
        {
            while (Console.Read() >= 0)
            {
                // The input is not used. The server stops at its end.
            }
        });
        await app.StopAsync();
    }

    private static async Task SendAsync(HttpResponse response, byte[] body)
    {
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }

    private static async Task SendAsync(HttpContext context, IEnumerable<ReadOnlyMemory<byte>> blocks)
    {
        foreach (ReadOnlyMemory<byte> block in blocks)
        {
            await context.Response.BodyWriter.WriteAsync(block, context.RequestAborted);
        }
    }

    private static async Task<string?> ReadIdAsync(HttpRequest request)
    {
        while (true)
        {
            ReadResult read = await request.BodyReader.ReadAsync();
            if (read.IsCompleted)
            {
                string? id = FindId(read.Buffer);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return id;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static string? FindId(ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("credentialId"u8))
            {
                reader.Read();
                return reader.GetString();
            }
        }

        return null;
    }

    private async Task RespondAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        int root = path.IndexOf(ApiRoot, StringComparison.Ordinal);
        if (root < 0)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (context.Request.Headers.Authorization != "Bearer " + Canned.Token)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        string[] parts = path[..root].Split('/', StringSplitOptions.RemoveEmptyEntries);
        int[] numbers = [.. parts.Select(static s => int.Parse(s, CultureInfo.InvariantCulture))];
        switch (context.Request.Method, path[(root + ApiRoot.Length)..])
        {
            case ("GET", "auth/user"):
                await SendAsync(context.Response, Canned.User);
                break;
            case ("GET", "credential/list"):
                await SendAsync(context, _canned.List(numbers.Length > 0 ? numbers[0] : defaultCount));
                break;
            case ("GET", "tradingAccount/list"):
                await SendAsync(context, _canned.ListAccounts(numbers.Length > 0 ? numbers[0] : defaultCount));
                break;
            case ("POST", "credential/revoke"):
                await RevokeAsync(context, numbers.Length > 1 ? numbers[1] : defaultDelay);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private static async Task RevokeAsync(HttpContext context, int delay)
    {
        string? id = await ReadIdAsync(context.Request);
        if (id is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (delay > 0)
        {
            await Task.Delay(delay);
        }

        await SendAsync(context.Response, Canned.Revoked(id));
    }
}
