using Cadenza.Client.Json;

namespace Cadenza.Client.Tests;

/// <summary>
/// Responses may contain tokens. Their pooled buffers are zeroed when they grow and when they are disposed.
/// </summary>
public sealed class ZeroedBufferTests
{
    private const byte Secret = 0xAA;

    [Fact]
    public async Task The_buffer_of_a_list_is_zeroed_when_it_grows_and_when_it_is_disposed()
    {
        using var stream = new FillingStream(100_000);
        var buffer = new ResponseBuffer(stream, EnvelopeLimits.Default);
        while (!buffer.IsFinal)
        {
            await buffer.FillAsync(CancellationToken.None);
        }

        Assert.Equal(100_000, buffer.Unread.Length);
        Assert.Equal(-1, buffer.Unread.IndexOfAnyExcept(Secret));
        AssertZeroed(stream.Buffers[0]);

        buffer.Dispose();
        Assert.All(stream.Buffers, AssertZeroed);
    }

    [Fact]
    public async Task The_buffer_of_another_response_is_zeroed_when_it_grows_and_when_it_is_disposed()
    {
        using var stream = new FillingStream(20_000);
        BufferedBody body = await BufferedBody.ReadAsync(stream, CancellationToken.None);

        Assert.Equal(20_000, body.Length);
        Assert.Equal(-1, body.Span.IndexOfAnyExcept(Secret));
        AssertZeroed(stream.Buffers[0]);

        body.Dispose();
        Assert.All(stream.Buffers, AssertZeroed);
    }

    private static void AssertZeroed(Memory<byte> buffer) =>
        Assert.Equal(-1, buffer.Span.IndexOf(Secret));

    /// <summary>Fills each buffer without waiting, and keeps the buffers.</summary>
    private sealed class FillingStream(int length) : MemoryStream
    {
        private int _left = length;

        public List<Memory<byte>> Buffers { get; } = [];

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Buffers.Add(buffer);
            int count = Math.Min(_left, buffer.Length);
            buffer.Span[..count].Fill(Secret);
            _left -= count;
            return new(count);
        }

        public override Task<int> ReadAsync(
            byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}
