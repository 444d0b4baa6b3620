using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Http;

/// <summary>A JSON body whose bytes are zeroed on disposal, after each attempt.</summary>
internal sealed class SecretContent : HttpContent
{
    private readonly byte[] _bytes;

    public SecretContent(byte[] bytes)
    {
        _bytes = bytes;
        Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
    }

    public ReadOnlySpan<byte> Span => _bytes;

    /// <summary>Whether any byte may have been sent. If not, the server cannot have carried out the request.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>
    /// Whether HttpClient tried to send the body again. It does so only after the server refused the first request
    /// unprocessed, such as with REFUSED_STREAM of HTTP/2.
    /// </summary>
    public bool WasRefused { get; private set; }

    /// <summary>Writes the body once. RequestSender decides about retries, not HttpClient.</summary>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        if (IsStarted)
        {
            WasRefused = true;
            throw new IOException(Messages.RefusedRequest);
        }

        IsStarted = true;
        return stream.WriteAsync(_bytes, 0, _bytes.Length);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        Array.Clear(_bytes, 0, _bytes.Length);
        base.Dispose(disposing);
    }
}
