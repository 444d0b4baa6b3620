using System.IO.Compression;
using System.Net.Http.Headers;
using Cadenza.SandboxServer;

namespace Cadenza.Client.Tests.Reliability;

/// <summary>
/// A server with one fault, and the truth about what it did: the sandbox behind Kestrel, or for what Kestrel would not
/// do, the sandbox behind a raw socket.
/// </summary>
internal sealed class FaultPeer : IAsyncDisposable
{
    private static readonly string Flood = "X-Flood: " + new string('x', 80 * 1024);
    private static readonly byte[] Bomb = MakeBomb();

    private readonly SandboxHost? _host;
    private readonly ScriptedServer? _raw;
    private readonly HttpMessageInvoker? _invoker;
    private int _spoiled;

    private FaultPeer(SandboxHandler sandbox, Uri address, SandboxHost? host = null) =>
        (Sandbox, Address, _host) = (sandbox, address, host);

    private FaultPeer(SandboxOptions options, string endpoint, Answer spoil, bool isAfter, bool isAlways)
    {
        Sandbox = new SandboxHandler(options);
        _invoker = new HttpMessageInvoker(Sandbox);
        _raw = ScriptedServer.Running(request =>
        {
            bool isSpoiled =
                request.Path.EndsWith(endpoint, StringComparison.Ordinal)
                && (isAlways || Interlocked.Increment(ref _spoiled) == 1);
            return isSpoiled ? Spoil(request, spoil, isAfter) : Forward(request);
        });
        Address = _raw.BaseAddress;
    }

    public Uri Address { get; }

    public SandboxHandler Sandbox { get; }

    public static async Task<FaultPeer> StartAsync(FaultCase fault, string endpoint, SandboxOptions options)
    {
        string kind = fault.Fault.Split(':')[0];
        if (Enum.TryParse(kind, out SandboxFaultKind _))
        {
            string once = fault.IsAlways
                ? ""
                : (fault.Fault.Contains(':', StringComparison.Ordinal) ? "," : ":") + "times=1";
            options.Faults = Sandboxes.Faults($"{endpoint}:{fault.Fault}{once}");
            SandboxHost host = await SandboxHost.StartAsync(options);
            return new FaultPeer(host.Sandbox, host.BaseAddress, host);
        }

        return kind switch
        {
            "ConnectionRefused" => new FaultPeer(new SandboxHandler(options), ScriptedServer.FindDeafAddress()),
            "UnknownHost" => new FaultPeer(
                new SandboxHandler(options), new Uri("https://no-such-host.cadenza.invalid/")),
            _ => new FaultPeer(
                options,
                endpoint,
                AnswerOf(kind),
                fault.Fault.EndsWith(":after", StringComparison.Ordinal),
                fault.IsAlways),
        };
    }

    /// <summary>How many requests came to a page.</summary>
    public int CountOf(string endpoint) =>
        _raw is not null ? _raw.RequestsTo(endpoint).Count : Sandbox.Requests.Count(request => IsTo(request, endpoint));

    public static bool IsTo(SandboxRequest request, string endpoint) =>
        request.Path.EndsWith("/" + endpoint, StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        if (_raw is not null)
        {
            await _raw.DisposeAsync();
        }

        _invoker?.Dispose();
    }

    private static Answer AnswerOf(string kind) =>
        kind switch
        {
            "HeaderFlood" => Answers.Bytes("{}"u8.ToArray(), 200, "application/json", Flood),
            "EndlessText" => Answers.Chunked(
                static (peer, token) =>
                    WriteForEverAsync(peer, """{"data":[{"nickname":" """, new string('x', 16 * 1024), token)),
            "EndlessSpace" => Answers.Chunked(
                static (peer, token) => WriteForEverAsync(peer, """{"data":""", new string(' ', 16 * 1024), token)),
            "GzipBomb" => Answers.Bytes(Bomb, 200, "application/json", "Content-Encoding: gzip"),
            _ => throw new ArgumentException("No such fault: " + kind, nameof(kind)),
        };

    // As fast as a body may come without keeping both cores busy; the client hangs up.
    private static async Task WriteForEverAsync(Peer peer, string start, string more, CancellationToken token)
    {
        await peer.WriteChunkAsync(start, token);
        while (true)
        {
            await peer.WriteChunkAsync(more, token);
            await Task.Delay(10, token);
        }
    }

    private Answer Spoil(ReceivedRequest request, Answer spoil, bool isAfter) =>
        async (peer, token) =>
        {
            if (isAfter)
            {
                (await AskSandboxAsync(request, token)).Dispose();
            }

            return await spoil(peer, token);
        };

    private Answer Forward(ReceivedRequest request) =>
        async (peer, token) =>
        {
            using HttpResponseMessage right = await AskSandboxAsync(request, token);
            byte[] body = await right.Content.ReadAsByteArrayAsync(token);
            return await Answers.Bytes(body, (int)right.StatusCode, right.Content.Headers.ContentType?.ToString())(
                peer,
                token);
        };

    private async Task<HttpResponseMessage> AskSandboxAsync(ReceivedRequest request, CancellationToken token)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(Address, request.Target));
        message.Content = new ByteArrayContent(request.Body);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.TryAddWithoutValidation("Authorization", request.Header("Authorization"));
        return await _invoker!.SendAsync(message, token);
    }

    /// <summary>64 MiB that begin and end as a right answer would.</summary>
    private static byte[] MakeBomb()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] space = new byte[1 << 20];
            Array.Fill(space, (byte)' ');
            gzip.Write("{\"success\":true,\"errno\":0,\"data\":"u8);
            for (int i = 0; i < 64; i++)
            {
                gzip.Write(space);
            }

            gzip.Write("[]}"u8);
        }

        return bomb.ToArray();
    }
}
