using Cadenza.Client.Json;

namespace Cadenza.Client.Tests;

/// <summary>However the bytes of an answer arrive, it says the same.</summary>
public sealed class EnvelopeReaderTests
{
    private static readonly string[] Bodies =
    [
        Wire.List(Wire.Credential("a"), "null", "7", "[[1],{}]", "\"t\\\"ext ü 😀\"", Wire.Credential("b")),
        """{"pagination":{"offset":1,"limit":2,"total":30,"cursor":"c\u00fc","hasNext":true},"errno":-5,"error":"wörds","data":[{}],"success":false}""",
        """{"data":{"credentialId":"a","x":[{"y":null}]},"errno":0}""",
        """{"x":{"data":[1,2,[3]]},"data":null,"details":{"code":"C","request_id":"r","required":["x"]},"success":true}""",
        """{"data":"text","errno":"0"}""",
        """{"data":[],"success":true}""",
        "\uFEFF  {\"data\":[1,2,3]}  \r\n",
        "{}",
        """{"data":[1.5e3,true,false,-0.1,"",[],{}]}""",
    ];

    public static TheoryData<int, int> Chunkings =>
        Combinations.Of(Enumerable.Range(0, Bodies.Length), [1, 2, 3, 7, -1, -2, -3]);

    [Theory]
    [MemberData(nameof(Chunkings))]
    public async Task An_answer_says_the_same_in_chunks_of_any_size(int body, int size)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Bodies[body]);
        using var whole = new EnvelopeReader(bytes, EnvelopeLimits.Default, SecretRedactor.Plain);
        var expected = new List<string>();
        while (whole.MoveNext())
        {
            expected.Add(Encoding.UTF8.GetString(whole.Current));
        }

        using EnvelopeReader reader = CreateReader(bytes, size);

        Assert.Equal(expected, await reader.ReadToEndAsync());
        Assert.Equal(JsonSerializer.Serialize(whole.Envelope), JsonSerializer.Serialize(reader.Envelope));
        Assert.Equal(bytes.Length, reader.Received);
    }

    [Fact]
    public async Task Random_lists_in_random_chunks_come_out_as_they_went_in()
    {
        var random = new Random(20260301);
        for (int round = 0; round < 100; round++)
        {
            int count = random.Next(40);
            string[] elements =
                [.. Enumerable.Range(0, count).Select(_ => JsonSerializer.Serialize(RandomValue(random, depth: 0)))];
            byte[] bytes = Encoding.UTF8.GetBytes(Wire.ListWith(""","pagination":{"total":9}""", elements));
            using EnvelopeReader reader = CreateReader(bytes, -round - 1);

            Assert.Equal(elements, await reader.ReadToEndAsync());
            Assert.True(reader.Envelope.IsSuccess);
            Assert.Equal(9, reader.Envelope.Pagination?.Total);
        }
    }

    [Theory]
    [MemberData(nameof(Chunkings))]
    public async Task An_answer_that_ends_anywhere_too_early_is_refused(int body, int size)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Bodies[body].Trim());
        for (int length = 0; length < bytes.Length; length += 1 + (length / 8))
        {
            using EnvelopeReader reader = CreateReader(bytes[..length], size);
            await Assert.ThrowsAnyAsync<JsonException>(reader.ReadToEndAsync);
        }
    }

    [Fact]
    public async Task An_element_beyond_the_limit_is_refused_and_the_ones_before_it_come()
    {
        var limits = new EnvelopeLimits(MaxBodyBytes: 1 << 20, MaxElementBytes: 32 << 10, MaxDepth: 64);
        string json = Wire.List(Wire.Credential("a"), $"\"{new string('x', 100_000)}\"");
        using EnvelopeReader reader = CreateReader(Encoding.UTF8.GetBytes(json), 1000, limits);

        Assert.True(await reader.MoveNextAsync(CancellationToken.None));
        var error = await Assert.ThrowsAsync<InvalidDataException>(async () =>
            await reader.MoveNextAsync(CancellationToken.None));
        Assert.Equal("one element is larger than 32 KiB", error.Message);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        var limits = new EnvelopeLimits(MaxBodyBytes: 1 << 20, MaxElementBytes: 1 << 15, MaxDepth: 64);
        string json = Wire.List([.. Enumerable.Repeat("\"0123456789\"", 200_000)]);
        using EnvelopeReader reader = CreateReader(Encoding.UTF8.GetBytes(json), 1 << 14, limits);

        await Assert.ThrowsAsync<InvalidDataException>(reader.ReadToEndAsync);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("""{"data":[""")]
    [InlineData("""{"data":[{"x":""")]
    [InlineData("""{"success":true,"details":""")]
    public async Task A_depth_bomb_is_an_error_and_no_crash(string before)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(before + new string('[', 10_000) + new string(']', 10_000));
        using EnvelopeReader reader = CreateReader(bytes, 4096);

        await Assert.ThrowsAnyAsync<JsonException>(async () => await reader.MoveNextAsync(CancellationToken.None));
    }

    private static EnvelopeReader CreateReader(byte[] bytes, int size, EnvelopeLimits? limits = null) =>
        new(new ChunkStream(bytes, size), limits ?? EnvelopeLimits.Default, SecretRedactor.Plain);

    private static object? RandomValue(Random random, int depth) =>
        random.Next(depth > 3 ? 5 : 7) switch
        {
            0 => null,
            1 => random.Next() % 2 == 0,
            2 => random.NextInt64(),
            3 => random.NextDouble(),
            4 => new string([.. Enumerable.Range(0, random.Next(50)).Select(_ => (char)random.Next(1, 0xD7FF))]),
            5 => Enumerable.Range(0, random.Next(5)).Select(_ => RandomValue(random, depth + 1)).ToArray(),
            _ => Enumerable
                .Range(0, random.Next(5))
                .ToDictionary(static i => "m\"" + i, _ => RandomValue(random, depth + 1), StringComparer.Ordinal),
        };

    /// <summary>Gives a body out in chunks of one size, or, for a negative size, of random ones by that seed.</summary>
    private sealed class ChunkStream(byte[] bytes, int size) : MemoryStream(bytes)
    {
        private readonly Random? _random = size < 0 ? new Random(size) : null;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, _random?.Next(1, 30) ?? size)], cancellationToken);
    }
}
