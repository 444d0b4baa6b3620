using Cadenza.Commands.Sharding;

namespace Cadenza.Commands.Tests;

/// <summary>Each credential belongs to exactly one shard, on every platform and forever.</summary>
public sealed class ShardTests
{
    private static readonly int[] VectorCounts = [2, 3, 7, 64, 1000];

    /// <summary>
    /// The test vectors of docs/scale-out.md, calculated with another implementation: the shards for the counts 2, 3,
    /// 7, 64, and 1000. Never change them.
    /// </summary>
    public static TheoryData<string, int[]> Vectors => new()
    {
        { "00000000-0000-4000-8000-000000000000", [0, 2, 3, 32, 896] },
        { "ae843796-30af-49ee-a263-183773ef6508", [1, 1, 3, 7, 303] },
        { "AE843796-30AF-49EE-A263-183773EF6508", [1, 1, 3, 7, 303] },
        { "0b331645-445b-4d27-bf6c-67e81909778a", [1, 0, 6, 59, 427] },
        { "962fe90a-4d66-4623-8c7c-a121fd9fb515", [0, 1, 6, 36, 660] },
        { "ffffffff-ffff-4fff-bfff-ffffffffffff", [1, 0, 3, 17, 329] },
        { "a", [0, 2, 2, 18, 610] },
        { "desk-7/OKX_main", [0, 1, 6, 8, 216] },
        { "schl\u00fcssel", [1, 0, 5, 37, 357] },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void An_id_belongs_to_the_documented_shard(string id, int[] shards) =>
        Assert.Equal(shards, VectorCounts.Select(count => Shard.IndexOf(id, count)));

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public void The_culture_changes_nothing(string culture)
    {
        using var scope = new CultureScope(culture);

        Assert.Equal(Shard.IndexOf("title-id", 1000), Shard.IndexOf("TITLE-ID", 1000));
        Assert.All(Vectors, static row => Assert.Equal(((int[])row[1])[4], Shard.IndexOf((string)row[0], 1000)));
    }

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public void Ids_that_differ_only_in_case_belong_to_the_same_shard()
    {
        Assert.All(
            Uuids(1_000), static id => Assert.Equal(Shard.IndexOf(id, 64), Shard.IndexOf(id.ToUpperInvariant(), 64)));

        // The same applies to each pair of characters that the module treats as equal.
        for (int i = 0; i <= char.MaxValue; i++)
        {
            string id = ((char)i).ToString();
            string[] twins = [char.ToUpperInvariant((char)i).ToString(), char.ToLowerInvariant((char)i).ToString()];
            Assert.All(
                twins.Where(twin => twin.Equals(id, StringComparison.OrdinalIgnoreCase)),
                twin => Assert.Equal(Shard.IndexOf(twin, 1000), Shard.IndexOf(id, 1000)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    public void Each_id_belongs_to_exactly_one_shard(int count)
    {
        Shard[] shards = [.. Enumerable.Range(0, count).Select(index => new Shard(index, count))];

        Assert.All(Uuids(500), id => Assert.Single(shards, shard => shard.Contains(id)));
    }

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public void Guids_spread_evenly_over_any_number_of_shards()
    {
        string[] ids = [.. Uuids(100_000)];

        Assert.All([2, 3, 4, 5, 7, 8, 12, 16, 31, 32, 63, 64], count => AssertEven(ids, count));
    }

    [Fact]
    public void Consecutive_ids_spread_evenly_too()
    {
        IEnumerable<string> ids = Enumerable.Range(0, 20_000)
            .Select(static i => FormattableString.Invariant($"00000000-0000-4000-8000-{i:x12}"));

        Assert.All([2, 3, 4, 8, 10, 16, 64], count => AssertEven([.. ids], count));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, -1)]
    [InlineData(-1, 2)]
    [InlineData(2, 2)]
    [InlineData(0, 100_001)]
    public void An_index_or_count_out_of_range_is_rejected(int index, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(index, count));

    [Fact]
    public void The_maximum_count_is_accepted() =>
        Assert.InRange(Shard.IndexOf("a", Shard.MaxCount), 0, Shard.MaxCount - 1);

    [Fact]
    public void The_text_of_a_shard_contains_its_index_and_count() =>
        Assert.Equal("shard 2 of 4 (counted from 0)", new Shard(2, 4).ToString());

    /// <summary>Returns the same ids each time, so that the result is deterministic.</summary>
    private static IEnumerable<string> Uuids(int count)
    {
        var random = new Random(20_260_721);
        byte[] bytes = new byte[16];
        for (int i = 0; i < count; i++)
        {
            random.NextBytes(bytes);
            bytes[7] = (byte)((bytes[7] & 0x0f) | 0x40);
            bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
            yield return new Guid(bytes).ToString("D");
        }
    }

    /// <summary>
    /// Checks that Pearson's chi-square is within four standard deviations of its mean. An even distribution fails this
    /// about once in ten thousand times.
    /// </summary>
    private static void AssertEven(string[] ids, int count)
    {
        int[] sizes = new int[count];
        foreach (string id in ids)
        {
            sizes[Shard.IndexOf(id, count)]++;
        }

        double expected = ids.Length / (double)count;
        double chiSquare = sizes.Sum(size => (size - expected) * (size - expected) / expected);
        int freedom = count - 1;
        Assert.InRange(chiSquare, 0, freedom + (4 * Math.Sqrt(2 * freedom)) + 4);
        Assert.All(sizes, size => Assert.InRange(size, expected * 0.85, expected * 1.15));
    }
}
