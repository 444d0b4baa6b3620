using System;
using System.Buffers;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Client.Http;

/// <summary>
/// A complete body in a pooled buffer, which is zeroed before it is returned because it may contain tokens.
/// </summary>
internal sealed class BufferedBody : IDisposable
{
    /// <summary>The maximum length of a body, in bytes.</summary>
    private const int MaxLength = 1 << 20;

    private const int InitialLength = 4096;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(InitialLength);

    private BufferedBody()
    {
    }

    /// <summary>The number of bytes.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes. Valid until disposal.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>Reads a stream completely.</summary>
    /// <exception cref="InvalidDataException">The body is larger than 1 MiB.</exception>
    public static async Task<BufferedBody> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var body = new BufferedBody();
        try
        {
            while (await body.ReadSomeAsync(stream, cancellationToken).ConfigureAwait(false))
            {
                if (body.Length > MaxLength)
                {
                    throw new InvalidDataException("it is larger than 1 MiB");
                }
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        byte[] bytes = _bytes;
        (_bytes, Length) = ([], 0);
        ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
    }

    private async ValueTask<bool> ReadSomeAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (Length == _bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
            Span.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
            _bytes = larger;
        }

#if NET
        int read = await stream.ReadAsync(_bytes.AsMemory(Length), cancellationToken).ConfigureAwait(false);
#else
        int read = await stream.ReadAsync(_bytes, Length, _bytes.Length - Length, cancellationToken)
            .ConfigureAwait(false);
#endif
        Length += read;
        return read > 0;
    }
}
