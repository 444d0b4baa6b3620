using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Cadenza.Client.Tests.Support;

/// <summary>
/// A peer on a real socket that says byte for byte what a test wants, and remembers what it was sent.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private static readonly Socket Deaf = HoldPort();

    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<ReceivedRequest, Answer> _script;
    private readonly Task _accepting;
    private CadenzaClient? _client;

    private ScriptedServer(Func<ReceivedRequest, Answer> script)
    {
        _script = script;
        _listener.Start();
        BaseAddress = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri BaseAddress { get; }

    /// <summary>A client that ends with the server.</summary>
    public CadenzaClient Client => _client ??= TestClients.Create(this);

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    /// <summary>Answers each request as the script says.</summary>
    public static ScriptedServer Running(Func<ReceivedRequest, Answer> script) => new(script);

    /// <summary>Sends the responses one after the other, then repeats the last one.</summary>
    public static ScriptedServer Answering(params Answer[] answers)
    {
        int next = -1;
        return new(_ => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)]);
    }

    /// <summary>
    /// A port of this machine on which nobody listens, now or later: it is held for as long as the tests run.
    /// </summary>
    public static Uri FindDeafAddress() => new($"http://127.0.0.1:{((IPEndPoint)Deaf.LocalEndPoint!).Port}/");

    private static Socket HoldPort()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    public IReadOnlyList<ReceivedRequest> RequestsTo(string pathEnd) =>
        [.. _requests.Where(request => request.Path.EndsWith(pathEnd, StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections).WaitAsync(Bound.Time);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        await Task.Yield();

        // A head and a body are two writes: the second shall not wait for the client to confirm the first.
        client.NoDelay = true;
        using var peer = new Peer(client);
        try
        {
            while (await ReceivedRequest.ReadAsync(peer.Stream, _stop.Token) is ReceivedRequest request)
            {
                _requests.Enqueue(request);
                if (!await _script(request)(peer, _stop.Token))
                {
                    return;
                }
            }
        }
        catch (Exception e)
            when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, or the test is over.
        }
    }
}
