using System.Net.Sockets;

namespace Cadenza.Client.Tests.Support;

/// <summary>The server's end of a connection.</summary>
internal sealed class Peer(TcpClient client) : IDisposable
{
    public NetworkStream Stream { get; } = client.GetStream();

    public Task WriteAsync(string text, CancellationToken cancellationToken) =>
        Stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask();

    /// <summary>One chunk of a chunked body.</summary>
    public Task WriteChunkAsync(string text, CancellationToken cancellationToken) =>
        WriteAsync(
            $"{Encoding.UTF8.GetByteCount(text).ToString("x", CultureInfo.InvariantCulture)}\r\n{text}\r\n",
            cancellationToken);

    public Task EndChunksAsync(CancellationToken cancellationToken) => WriteAsync("0\r\n\r\n", cancellationToken);

    /// <summary>Returns once the client has closed the connection, in whichever way.</summary>
    public async Task WaitForCloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await Stream.ReadAsync(new byte[256], cancellationToken) > 0)
            {
                // Whatever still comes means nothing.
            }
        }
        catch (IOException)
        {
            // A reset is a way to close, too.
        }
    }

    /// <summary>Ends the connection with a reset instead of an orderly close.</summary>
    public void Reset()
    {
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Close();
    }

    public void Dispose() => client.Dispose();
}
