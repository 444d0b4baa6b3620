namespace Cadenza.Client.Tests.Support;

/// <summary>A body that arrives in these parts.</summary>
internal sealed class PartsStream(params byte[][] parts) : MemoryStream
{
    private readonly Queue<byte[]> _parts = new(parts);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Read(buffer.Span));

    public override Task<int> ReadAsync(
        byte[] buffer,
        int offset,
        int count,
        CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override int Read(Span<byte> buffer)
    {
        if (!_parts.TryDequeue(out byte[]? part))
        {
            return 0;
        }

        int count = Math.Min(part.Length, buffer.Length);
        part.AsSpan(0, count).CopyTo(buffer);
        if (count < part.Length)
        {
            byte[][] rest = [part[count..], .. _parts];
            _parts.Clear();
            Array.ForEach(rest, _parts.Enqueue);
        }

        return count;
    }
}
