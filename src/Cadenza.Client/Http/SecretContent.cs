using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;

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

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        stream.WriteAsync(_bytes, 0, _bytes.Length);

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
