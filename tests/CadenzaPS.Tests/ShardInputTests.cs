using Cadenza.Commands;
using Cadenza.Commands.Sharding;
using CadenzaPS.Parameters;

namespace CadenzaPS.Tests;

/// <summary>The shard of a computer, from parameters and environment variables.</summary>
public sealed class ShardInputTests
{
    /// <summary>Where the shard comes from: what was given, and each variable as "name=text".</summary>
    public static TheoryData<int?, int?, string, int, int> Good =>
        new()
        {
            { 1, 4, "", 1, 4 },
            { null, null, "CADENZA_SHARD_INDEX=1 CADENZA_SHARD_COUNT=4", 1, 4 },
            { null, null, "JOB_COMPLETION_INDEX=3 CADENZA_SHARD_COUNT=4", 3, 4 },
            { null, 4, "JOB_COMPLETION_INDEX=3", 3, 4 },
            { null, 4, "CADENZA_SHARD_INDEX=0 JOB_COMPLETION_INDEX=0 CADENZA_SHARD_COUNT=4", 0, 4 },
            { null, 10, "CADENZA_SHARD_INDEX=007", 7, 10 },
            { null, 1, "CADENZA_SHARD_INDEX=0", 0, 1 },
        };

    [Theory]
    [MemberData(nameof(Good))]
    public void The_environment_supplies_what_was_not_specified(
        int? index,
        int? count,
        string variables,
        int expectedIndex,
        int expectedCount)
    {
        (Shard? shard, CadenzaErrorReport? error) = Read(index, count, variables);

        Assert.Null(error);
        Assert.Equal((expectedIndex, expectedCount), (shard!.Index, shard.Count));
    }

    [Fact]
    public void The_environment_is_not_read_without_FromEnvironment()
    {
        (Shard? shard, _) = new ShardInput { Index = 1, Count = 4 }.ToShard(static _ =>
            throw new InvalidOperationException("Read."));

        Assert.Equal(1, shard!.Index);
    }

    /// <summary>What is refused, and what the message names.</summary>
    public static TheoryData<int?, int?, string, string> Bad =>
        new()
        {
            { null, 4, "", "CADENZA_SHARD_INDEX" },
            { null, 4, "", "JOB_COMPLETION_INDEX" },
            { null, null, "JOB_COMPLETION_INDEX=0", "CADENZA_SHARD_COUNT" },
            { null, 4, "JOB_COMPLETION_INDEX=", "JOB_COMPLETION_INDEX is empty" },
            { null, 4, "CADENZA_SHARD_INDEX= JOB_COMPLETION_INDEX=1", "CADENZA_SHARD_INDEX is empty" },
            { null, 4, "CADENZA_SHARD_INDEX=-1", "CADENZA_SHARD_INDEX is not" },
            { null, 4, "CADENZA_SHARD_INDEX=+1", "CADENZA_SHARD_INDEX is not" },
            { null, 4, "CADENZA_SHARD_INDEX=1.5", "CADENZA_SHARD_INDEX is not" },
            { null, 4, "CADENZA_SHARD_INDEX=0x1", "CADENZA_SHARD_INDEX is not" },
            { null, 4, "CADENZA_SHARD_INDEX=99999999999", "CADENZA_SHARD_INDEX is not" },
            { null, 4, "CADENZA_SHARD_INDEX=one", "CADENZA_SHARD_INDEX is not" },
            { null, 4, "CADENZA_SHARD_INDEX=\u0661", "CADENZA_SHARD_INDEX is not" },
            { null, null, "CADENZA_SHARD_INDEX=1 CADENZA_SHARD_COUNT=four", "CADENZA_SHARD_COUNT is not" },
            { null, null, "CADENZA_SHARD_INDEX=0 CADENZA_SHARD_COUNT=0", "CADENZA_SHARD_COUNT must be" },
            { null, 4, "CADENZA_SHARD_INDEX=4", "CADENZA_SHARD_INDEX is 4, but -Count is 4" },
            {
                null,
                null,
                "JOB_COMPLETION_INDEX=9 CADENZA_SHARD_COUNT=4",
                "JOB_COMPLETION_INDEX is 9, but CADENZA_SHARD_COUNT is 4"
            },
            {
                null,
                4,
                "CADENZA_SHARD_INDEX=0 JOB_COMPLETION_INDEX=1",
                "CADENZA_SHARD_INDEX is 0, but JOB_COMPLETION_INDEX is 1"
            },
            { null, 8, "CADENZA_SHARD_INDEX=0 CADENZA_SHARD_COUNT=4", "-Count is 8, but CADENZA_SHARD_COUNT is 4" },
            { -1, 4, "", "-Index is -1" },
            { 4, 4, "", "-Index is 4" },
            { 0, 0, "", "-Count must be" },
            { 0, -3, "", "-Count must be" },
            { 0, 100_001, "", "-Count must be from 1 to 100000" },
        };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_does_not_name_one_shard_is_refused_and_says_which_source_is_wrong(
        int? index,
        int? count,
        string variables,
        string named)
    {
        (Shard? shard, CadenzaErrorReport? error) = Read(index, count, variables);

        Assert.Null(shard);
        Assert.Equal("CadenzaInvalidParameter", error!.Id);
        Assert.True(error.FailsEveryItem);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("four", error.Message, StringComparison.Ordinal);
    }

    private static (Shard? Shard, CadenzaErrorReport? Error) Read(int? index, int? count, string variables)
    {
        var set = variables
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static pair => pair.Split('=', 2))
            .ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
        var input = new ShardInput
        {
            Index = index,
            Count = count,
            FromEnvironment = index is null,
        };
        return input.ToShard(name => set.GetValueOrDefault(name));
    }
}
