using System;
using System.Buffers;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cadenza.Benchmarks;

/// <summary>
/// Answers as the API does, without work: the list is ready in memory, a revoke holds nothing, filters are ignored. A base address says
/// how: <c>http://127.0.0.1:port/100000</c> lists 100,000, <c>http://127.0.0.1:port/2000/20</c> lists 2,000 and answers changes after
/// 20 ms; what it leaves out is as on the command line.
/// </summary>
internal sealed class CannedServer(int defaultCount, int defaultDelay)
{
    private const string ApiRoot = "/api/v3/";
    private readonly Canned _canned = new();

    public async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
        });
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await Console.Out.WriteLineAsync("address " + address);
        await Console.Out.WriteLineAsync("token " + Canned.Token);
        await Task.Run(static () =>
        {
            while (Console.Read() >= 0)
            {
                // Whatever comes in means nothing; only its end does.
            }
        });
        await app.StopAsync();
    }

    private static async Task SendAsync(HttpResponse response, byte[] body)
    {
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }

    private static async Task<string?> ReadIdAsync(HttpRequest request)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync();
            if (read.IsCompleted)
            {
                var id = FindId(read.Buffer);
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

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var root = path.IndexOf(ApiRoot, StringComparison.Ordinal);
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
        var parts = path[..root].Split('/', StringSplitOptions.RemoveEmptyEntries);
        int[] numbers = [.. parts.Select(static s => int.Parse(s, CultureInfo.InvariantCulture))];
        switch (context.Request.Method, path[(root + ApiRoot.Length)..])
        {
            case ("GET", "auth/user"):
                await SendAsync(context.Response, Canned.User);
                break;
            case ("GET", "credential/list"):
                foreach (var piece in _canned.List(numbers.Length > 0 ? numbers[0] : defaultCount))
                {
                    await context.Response.BodyWriter.WriteAsync(piece, context.RequestAborted);
                }

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
        var id = await ReadIdAsync(context.Request);
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
