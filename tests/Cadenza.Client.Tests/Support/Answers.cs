namespace Cadenza.Client.Tests.Support;

/// <summary>What the server does with a request; false ends the connection.</summary>
internal delegate Task<bool> Answer(Peer peer, CancellationToken cancellationToken);

internal static class Answers
{
    /// <summary>Reads the request and never says anything.</summary>
    public static readonly Answer Never = static async (peer, token) =>
    {
        await peer.WaitForCloseAsync(token);
        return false;
    };

    /// <summary>Reads the request and resets the connection.</summary>
    public static readonly Answer Reset = static (peer, _) =>
    {
        peer.Reset();
        return Task.FromResult(false);
    };

    /// <summary>Reads the request and closes the connection without a word.</summary>
    public static readonly Answer Close = static (_, _) => Task.FromResult(false);

    /// <summary>Reads the request, writes this text and closes the connection.</summary>
    public static Answer Raw(string text) =>
        async (peer, token) =>
        {
            await peer.WriteAsync(text, token);
            return false;
        };

    public static Answer Json(string body, int status = 200, params string[] headers) =>
        Bytes(Encoding.UTF8.GetBytes(body), status, "application/json", headers);

    public static Answer Html(int status = 502) =>
        Bytes(
            "<html><body><h1>Bad Gateway canary-body</h1></body></html>"u8.ToArray(),
            status,
            "text/html; charset=utf-8");

    public static Answer Empty(int status, params string[] headers) => Bytes([], status, contentType: null, headers);

    public static Answer Bytes(byte[] body, int status, string? contentType, params string[] headers) =>
        async (peer, token) =>
        {
            await peer.WriteAsync(
                Head(status, contentType, status == 204 ? headers : [$"Content-Length: {body.Length}", .. headers]),
                token);
            await peer.Stream.WriteAsync(body, token);
            return true;
        };

    /// <summary>Announces the whole body and closes after a part of it.</summary>
    public static Answer Truncated(string body, int keep, int status = 200) =>
        async (peer, token) =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(body);
            await peer.WriteAsync(Head(status, "application/json", $"Content-Length: {bytes.Length}"), token);
            await peer.Stream.WriteAsync(bytes.AsMemory(0, keep), token);
            return false;
        };

    /// <summary>A body that is sent as the test lets it.</summary>
    public static Answer Chunked(Func<Peer, CancellationToken, Task> write) =>
        async (peer, token) =>
        {
            await peer.WriteAsync(Head(200, "application/json", "Transfer-Encoding: chunked"), token);
            await write(peer, token);
            await peer.EndChunksAsync(token);
            return true;
        };

    /// <summary>Begins a body and never ends it.</summary>
    public static Answer Stalled(string start) =>
        Chunked(
            async (peer, token) =>
            {
                await peer.WriteChunkAsync(start, token);
                await peer.WaitForCloseAsync(token);
            });

    private static string Head(int status, string? contentType, params string[] headers)
    {
        string[] all = contentType is null ? headers : [$"Content-Type: {contentType}", .. headers];
        return string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Whatever\r\n")
            + string.Concat(all.Select(static header => header + "\r\n"))
            + "\r\n";
    }
}
