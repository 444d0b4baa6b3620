#if !CLIENT_NETSTANDARD
using Cadenza.Commands.Watching;

namespace Cadenza.Commands.Tests.Watching;

/// <summary>The memory of a watch does not grow with the number of lists. Nothing else runs meanwhile.</summary>
[Collection(nameof(WatchMemoryTests))]
[CollectionDefinition(nameof(WatchMemoryTests), DisableParallelization = true)]
public sealed class WatchMemoryTests
{
    private const int Rows = 10_000;
    private const long Tolerance = 512 * 1024;

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public void Memory_is_the_same_after_20_and_after_200_lists_of_10_000_rows()
    {
        string[] lists = [.. Enumerable.Range(0, 2).Select(CreateList)];
        long early = 0, late = 0;
        int events = 0;
        using var server = new WatchServer(poll => WatchServer.Ok(lists[poll % 2]));
        server.Watch(
            new WatchOptions
            {
                IsLast = item =>
                {
                    events++;
                    early = server.Polls.Count == 20 ? Measure() : early;
                    late = server.Polls.Count == 200 ? Measure() : late;
                    return server.Polls.Count == 200;
                },
            },
            new RecordingRuntime { WantsTrace = false },
            maxPolls: 200);

        Assert.Equal(199, events);
        Assert.InRange(late - early, long.MinValue, Tolerance);
    }

    private static long Measure() => GC.GetTotalMemory(forceFullCollection: true);

    /// <summary>One credential has another status in every second list.</summary>
    private static string CreateList(int variant) =>
        Wire.List([.. Enumerable.Range(0, Rows).Select(i => CreateRow(i, i == 17 && variant == 1))]);

    private static string CreateRow(int number, bool isFailed) => Wire.Credential(
        number.ToString("D5", CultureInfo.InvariantCulture),
        isFailed ? "FAILED" : "VERIFIED",
        ""","createdAt":"2026-01-02T03:04:05Z","updatedAt":"2026-01-02T03:04:05Z" """);
}
#endif
