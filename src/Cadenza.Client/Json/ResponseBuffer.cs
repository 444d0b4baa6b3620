using System;
using System.Buffers;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Client.Json;

/// <summary>
/// The unread bytes of a body, in a pooled buffer that grows up to a limit and is zeroed before it is returned, because
/// it may contain tokens.
/// </summary>
internal sealed class ResponseBuffer : IDisposable
{
    private const int InitialLength = 64 * 1024;

    private readonly Stream? _stream;
    private readonly EnvelopeLimits _limits;
    private byte[] _bytes;
    private int _end;

    /// <summary>Creates a buffer for a body that is still arriving.</summary>
    public ResponseBuffer(Stream stream, EnvelopeLimits limits)
    {
        _stream = stream;
        _limits = limits;
        _bytes = ArrayPool<byte>.Shared.Rent(InitialLength);
    }

    /// <summary>Creates a buffer with a complete body.</summary>
    public ResponseBuffer(ReadOnlySpan<byte> body, EnvelopeLimits limits)
    {
        _limits = limits;
        _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(1, body.Length));
        body.CopyTo(_bytes);
        _end = body.Length;
        IsFinal = true;
    }

    /// <summary>Whether the body is read from a stream as it arrives.</summary>
    public bool IsStreaming => _stream is not null;

    /// <summary>Whether the buffer contains the end of the body.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>The number of bytes read from the stream so far.</summary>
    public long Received { get; private set; }

    /// <summary>The position of the first unread byte. Valid until the next <see cref="FillAsync"/>.</summary>
    public int Start { get; private set; }

    /// <summary>The unread bytes. Valid until the next <see cref="FillAsync"/>.</summary>
    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(Start, _end - Start);

    /// <summary>
    /// Gets bytes by position, which may have been consumed. Valid until the next <see cref="FillAsync"/>.
    /// </summary>
    public ReadOnlySpan<byte> Slice(int start, int length) => _bytes.AsSpan(start, length);

    /// <summary>Marks bytes as read.</summary>
    public void Consume(int count) => Start += count;

    /// <summary>Reads more of the body and discards the consumed bytes.</summary>
    /// <exception cref="InvalidDataException">The body exceeds a limit.</exception>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        int read = await ReadAsync(cancellationToken).ConfigureAwait(false);
        Received += read;
        if (Received > _limits.MaxBodyBytes)
        {
            throw new InvalidDataException($"it is larger than {_limits.MaxBodyBytes >> 20} MiB");
        }

        IsFinal = read == 0;
        _end += read;
    }

    public void Dispose()
    {
        byte[] bytes = _bytes;
        _bytes = [];
        ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
    }

    private ValueTask<int> ReadAsync(CancellationToken cancellationToken) =>
#if NET
        _stream!.ReadAsync(_bytes.AsMemory(_end), cancellationToken);
#else
        new(_stream!.ReadAsync(_bytes, _end, _bytes.Length - _end, cancellationToken));
#endif

    private void MakeRoom()
    {
        if (Start > 0)
        {
            Unread.CopyTo(_bytes);
            _end -= Start;
            Start = 0;
        }

        if (_end < _bytes.Length)
        {
            return;
        }

        if (_bytes.Length >= _limits.MaxElementBytes)
        {
            throw new InvalidDataException($"one element is larger than {_limits.MaxElementBytes >> 10} KiB");
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        _bytes.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
        _bytes = larger;
    }
}
