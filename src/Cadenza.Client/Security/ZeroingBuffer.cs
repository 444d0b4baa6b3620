using System;
using System.Buffers;

namespace Cadenza.Client.Security;

/// <summary>A growable buffer for secrets. It zeroes every array that it replaces.</summary>
internal sealed class ZeroingBuffer : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes = new byte[512];
    private int _written;

    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, _written);

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_written);
    }

    /// <summary>Copies the written bytes. The caller zeroes the copy.</summary>
    public byte[] ToArray() => WrittenSpan.ToArray();

    public void Dispose() => Array.Clear(_bytes, 0, _bytes.Length);

    private void Reserve(int sizeHint)
    {
        int needed = _written + Math.Max(sizeHint, 64);
        if (needed <= _bytes.Length)
        {
            return;
        }

        byte[] larger = new byte[Math.Max(needed, _bytes.Length * 2)];
        _bytes.AsSpan(0, _written).CopyTo(larger);
        Array.Clear(_bytes, 0, _bytes.Length);
        _bytes = larger;
    }
}
