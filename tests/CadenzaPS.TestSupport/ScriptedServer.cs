using System.Collections;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CadenzaPS.TestSupport;

/// <summary>An HTTP server that sends the given answers, one for each request. The last one repeats.</summary>
/// <remarks>
/// An answer is a hashtable: Status ('200 OK'), Type, Headers, Body, Delivered (the number of bytes of the body that
/// are sent), Mode ('hang' never answers, 'endless' sends a list without end). {body} and {authorization} in a Body
/// quote the request.
/// </remarks>
public sealed class ScriptedServer : IDisposable
{
    private static readonly JsonSerializerOptions QuoteOptions = new()
    {
        // ConvertTo-Json escapes only what must be escaped, too.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _requests = [];
    private readonly Hashtable[] _answers;
    private readonly Task _running;

    public ScriptedServer(Hashtable[] answers)
    {
        _answers = answers;
        _listener.Start();
        Address = "http://" + _listener.LocalEndpoint;
        _running = Task.Run(RunAsync);
    }

    public string Address { get; }

    /// <summary>Gets the request lines.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _running.Wait(TimeSpan.FromSeconds(15));
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(client);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // The client has closed the connection or does not send its request, or the server stops.
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        NetworkStream stream = client.GetStream();
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        reading.CancelAfter(RequestTimeout);
        string head = await ReadHeadAsync(stream, reading.Token);
        string length = Regex.Match(head, @"(?im)^Content-Length:\s*(\d+)").Groups[1].Value;
        byte[] body = new byte[length.Length == 0 ? 0 : int.Parse(length, CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, reading.Token);
        Hashtable answer;
        lock (_requests)
        {
            answer = _answers[Math.Min(_requests.Count, _answers.Length - 1)];
            _requests.Add(head.Split("\r\n")[0]);
        }

        Task clientHasLeft = WaitForEndAsync(stream);
        string headers = HeadersOf(answer);
        if (answer["Mode"] is "endless")
        {
            await SendEndlessListAsync(stream, headers, clientHasLeft);
        }
        else if (answer["Mode"] is not "hang")
        {
            string authorization = Regex.Match(head, @"(?im)^Authorization:\s*(.+?)\s*$").Groups[1].Value;
            byte[] content = Encoding.UTF8.GetBytes(
                (answer["Body"]?.ToString() ?? "")
                .Replace("{body}", Quote(Encoding.UTF8.GetString(body)), StringComparison.Ordinal)
                .Replace("{authorization}", Quote(authorization), StringComparison.Ordinal));
            await SendAsync(stream, $"{headers}Content-Length: {content.Length}\r\n\r\n");
            await stream.WriteAsync(content.AsMemory(0, answer["Delivered"] as int? ?? content.Length), _stop.Token);

            // Closing at once could reset the connection before the client has read the answer.
            client.Client.Shutdown(SocketShutdown.Send);
            clientHasLeft = Task.WhenAny(clientHasLeft, Task.Delay(TimeSpan.FromSeconds(1), _stop.Token));
        }

        await clientHasLeft;
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var head = new List<byte>();
        byte[] next = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            await stream.ReadExactlyAsync(next, cancellationToken);
            head.Add(next[0]);
        }

        return Encoding.ASCII.GetString([.. head]);
    }

    private async Task WaitForEndAsync(NetworkStream stream)
    {
        try
        {
            while (await stream.ReadAsync(new byte[256], _stop.Token) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
        }
    }

    private async Task SendEndlessListAsync(NetworkStream stream, string headers, Task clientHasLeft)
    {
        await SendAsync(stream, headers + "\r\n{\"success\":true,\"errno\":0,\"data\":[");
        for (int i = 1; !clientHasLeft.IsCompleted; i++)
        {
            await SendAsync(stream, $$"""{"credentialId":"endless-{{i}}","venue":"OKX","status":"VERIFIED"},""");
            await Task.WhenAny(clientHasLeft, Task.Delay(TimeSpan.FromMilliseconds(20), _stop.Token));
        }
    }

    private async Task SendAsync(NetworkStream stream, string text) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), _stop.Token);

    private static string HeadersOf(Hashtable answer)
    {
        IEnumerable<string> more = (answer["Headers"] as Hashtable ?? []).Cast<DictionaryEntry>()
            .Select(static header => $"{header.Key}: {header.Value}\r\n");
        return $"HTTP/1.1 {answer["Status"] ?? "200 OK"}\r\n"
            + $"Content-Type: {(answer.ContainsKey("Type") ? answer["Type"] : "application/json")}\r\n"
            + $"Connection: close\r\n{string.Concat(more)}";
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text, QuoteOptions)[1..^1];
}
