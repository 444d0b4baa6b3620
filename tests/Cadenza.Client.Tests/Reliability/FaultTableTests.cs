using Xunit.Abstractions;

namespace Cadenza.Client.Tests.Reliability;

/// <summary>Every fault, over real sockets, against every operation: see <see cref="FaultTable"/>.</summary>
public sealed class FaultTableTests(ITestOutputHelper output)
{
    private const int AtOnce = 64;

    // Most of a case is waiting: all of them are tried together, and each test waits for its own.
    private static readonly Lazy<ILookup<FaultOperation, Task<string?>>> Trials = new(static () =>
    {
        var gate = new SemaphoreSlim(AtOnce);
        return FaultTable.Cases.ToLookup(static c => c.Operation, c => Task.Run(() => TryAsync(c, gate)));
    });

    [Theory]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    [InlineData(nameof(FaultOperation.List))]
    [InlineData(nameof(FaultOperation.Rotate))]
    [InlineData(nameof(FaultOperation.Revoke))]
    [InlineData(nameof(FaultOperation.Create))]
    [InlineData(nameof(FaultOperation.Verify))]
    [InlineData(nameof(FaultOperation.Login))]
    [InlineData(nameof(FaultOperation.Refresh))]
    [InlineData(nameof(FaultOperation.RefreshAfter401))]
    public async Task Under_every_fault_it_ends_as_the_table_says_and_what_is_reported_is_true(string operation)
    {
        string?[] ends = await Task.WhenAll(Trials.Value[Enum.Parse<FaultOperation>(operation)]);

        string[] faults = [.. ends.OfType<string>()];
        output.WriteLine($"{ends.Length} cases");
        Assert.NotEmpty(ends);
        Assert.True(faults.Length == 0, $"{faults.Length} of {ends.Length} cases:\n{string.Join('\n', faults)}");
    }

    [Fact]
    public void The_table_holds_every_fault_of_the_sandbox_before_and_after_the_change_where_it_can_be_either()
    {
        SandboxFaultKind[] fixedPhase =
        [
            SandboxFaultKind.RateLimited, SandboxFaultKind.LockNotAcquired, SandboxFaultKind.TruncatedBody,
            SandboxFaultKind.WrongContentType, SandboxFaultKind.ResetBefore, SandboxFaultKind.ResetAfter,
            SandboxFaultKind.Drip, SandboxFaultKind.DropMidway,
        ];
        HashSet<string> faults = [.. FaultTable.Rows(FaultTable.Sandbox).Select(static row => row.Fault)];

        Assert.All(SandboxFaults.TransportKinds, kind => Assert.Contains(kind.ToString(), faults));
        Assert.All(SandboxFaults.TransportKinds.Except(fixedPhase), kind => Assert.Contains(kind + ":after", faults));
    }

    [Fact]
    public void The_page_for_readers_holds_the_same_table()
    {
        IEnumerable<string> told = ReadPage().Split('\n')
            .Select(static line => line.Trim('\r', ' ', '|').Split('|', StringSplitOptions.TrimEntries))
            .Where(static cells => cells.Length == 8)
            .SelectMany(static cells => Names(cells[0]).Select(name => Line(name, cells[1..])));
        IEnumerable<string> tried = FaultTable.Rows(FaultTable.Sandbox).Concat(FaultTable.Rows(FaultTable.Peer))
            .Select(static row => Line(row.Fault, row.Cells));

        Assert.Equal(tried.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));

        static IEnumerable<string> Names(string cell) => cell.Split('`').Where(static (_, i) => i % 2 == 1);
        static string Line(string fault, string[] cells) => fault + ": " + string.Join(", ", cells);
    }

    private static async Task<string?> TryAsync(FaultCase faultCase, SemaphoreSlim gate)
    {
        await gate.WaitAsync();
        try
        {
            return await FaultTrial.RunAsync(faultCase);
        }
        catch (Exception e)
        {
            // Reported with the others, instead of hiding them.
            return $"{faultCase}: {e}";
        }
        finally
        {
            gate.Release();
        }
    }

    private static string ReadPage()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "reliability.md")))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        string page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "reliability.md"));
        return page.Split("\n## Fault table\n")[^1].Split("\n## ")[0];
    }
}
