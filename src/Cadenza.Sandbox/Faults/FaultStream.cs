using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Sandbox.Faults;

/// <summary>A body as it arrives over a bad connection: one byte at a time, or only its first part and then an error or
/// nothing. Waits with the delay function of the sandbox, and ends at once if its reader cancels or closes
/// it.</summary>
/// <param name="body">The whole body.</param>
/// <param name="available">How many bytes of it arrive; if not all, the connection is lost after them.</param>
/// <param name="interval">The time between two bytes; with zero all arrive at once.</param>
/// <param name="isSilent">Whether nothing more arrives from a lost connection, instead of an error.</param>
/// <param name="delay">Waits.</param>
internal sealed class FaultStream(
    ArraySegment<byte> body,
    int available,
    TimeSpan interval,
    bool isSilent,
    Func<TimeSpan, CancellationToken, Task> delay) : Stream
{
    private readonly CancellationTokenSource _closed = new();
    private int _position;
    private bool _isClosed;

    public override bool CanRead => !_isClosed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadSomeAsync(new Memory<byte>(buffer, offset, count), CancellationToken.None).GetAwaiter().GetResult();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadSomeAsync(new Memory<byte>(buffer, offset, count), cancellationToken);

#if NET
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(ReadSomeAsync(buffer, cancellationToken));
#endif

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isClosed)
        {
            _isClosed = true;
            _closed.Cancel();
            _closed.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<int> ReadSomeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfClosed();
        if (buffer.Length == 0)
        {
            return 0;
        }

        if (_position == available)
        {
            return available == body.Count ? 0 : throw await LoseAsync(cancellationToken).ConfigureAwait(false);
        }

        int count = Math.Min(available - _position, buffer.Length);
        if (interval > TimeSpan.Zero)
        {
            count = 1;
            if (_position > 0)
            {
                await WaitAsync(interval, cancellationToken).ConfigureAwait(false);
            }
        }

        body.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    private async Task<IOException> LoseAsync(CancellationToken cancellationToken)
    {
        if (isSilent)
        {
            await WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }

        return LostConnection.InBody(body.Count - available);
    }

    private async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        try
        {
            await delay(time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The checks below tell who cancelled.
        }

        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfClosed();
    }

#pragma warning disable CA1513 // ThrowIf does not exist on netstandard2.0.
    private void ThrowIfClosed()
    {
        if (_isClosed)
        {
            throw new ObjectDisposedException(nameof(FaultStream));
        }
    }
#pragma warning restore CA1513
}
