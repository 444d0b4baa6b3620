using System.Collections.Concurrent;
using Cadenza.Client;
using Cadenza.Client.Paging;
using Cadenza.Commands.Listing;
using static Cadenza.Commands.Tests.Support.ChangeRuns;

namespace Cadenza.Commands.Tests;

/// <summary>
/// A reader that is slower than the server slows the list down while it continues, but not after it has stopped.
/// </summary>
public sealed class BackPressureTests
{
    private const int MaxAhead = 1024;

    [Fact]
    public async Task A_reader_that_continues_is_never_far_behind()
    {
        const int BatchSize = 100;
        using var batches = new BlockingCollection<IReadOnlyList<CredentialRow>>();
        // Time does not pass, so the list never continues without the reader.
        using var writer = new BatchingRowWriter(new FakeTimeProvider(), batches.Add);
        long added = 0, taken = 0, farthest = 0;
        Task producing = Task.Run(async () =>
        {
            for (int batch = 0; batch < 200; batch++)
            {
                for (int i = 0; i < BatchSize; i++)
                {
                    writer.Add(CredentialRow.Warn($"{added++}"));
                }

                Volatile.Write(ref farthest, Math.Max(farthest, added - Volatile.Read(ref taken)));
                await writer.FlushAsync(CancellationToken.None);
            }

            batches.CompleteAdding();
        });

        foreach (IReadOnlyList<CredentialRow> batch in batches.GetConsumingEnumerable())
        {
            // The first batch is taken when the list is as far ahead as it may be.
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref farthest) > MaxAhead, Bound.Time));
            Assert.Equal($"{taken}", batch[0].Warning);
            Volatile.Write(ref taken, taken + batch.Count);
            writer.Acknowledge(batch.Count);
        }

        await producing.Bounded();
        Assert.Equal(200 * BatchSize, taken);
        Assert.InRange(farthest, MaxAhead + 1, MaxAhead + (2 * BatchSize));
    }

    [Fact]
    public async Task A_reader_that_stops_blocks_the_list_for_a_second_per_thousand_rows()
    {
        const int Rows = 3 * MaxAhead;
        var time = new FakeTimeProvider();
        var received = new List<string?>();
        using var writer = new BatchingRowWriter(
            time, batch => received.AddRange(batch.Select(static row => row.Warning)));
        var waits = new List<int>();
        for (int i = 1; i <= Rows; i++)
        {
            writer.Add(CredentialRow.Warn($"{i}"));
            Task flush = i % 512 == 0 ? writer.FlushAsync(CancellationToken.None).AsTask() : Task.CompletedTask;
            if (!flush.IsCompleted)
            {
                waits.Add(i);
                time.Advance(TimeSpan.FromSeconds(1));
                await flush.Bounded();
            }
        }

        Assert.Equal(Enumerable.Range(1, Rows).Select(static i => $"{i}"), received);
        Assert.Equal([MaxAhead + 512, (2 * MaxAhead) + 512], waits);

        // After the reader has caught up, the list waits for it again.
        writer.Acknowledge(Rows);
        Assert.True(FlushAsync(writer, 1).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_reader_that_catches_up_is_waited_for_again_after_as_many_rows_as_at_the_start()
    {
        var time = new FakeTimeProvider();
        using var writer = new BatchingRowWriter(time, static _ => { });

        Task first = FlushAsync(writer, MaxAhead + 1);
        Assert.False(first.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await first.Bounded();

        // The reader had stopped: the list continues for as many rows again.
        Task second = FlushAsync(writer, MaxAhead);
        Assert.False(second.IsCompleted);
        writer.Acknowledge((2 * MaxAhead) + 1);
        await second.Bounded();

        Task third = FlushAsync(writer, MaxAhead + 1);
        Assert.False(third.IsCompleted);
        writer.Acknowledge(MaxAhead + 1);
        await third.Bounded();
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_for_the_reader()
    {
        using var writer = new BatchingRowWriter(TimeProvider.System, static _ => { });
        using var stop = new CancellationTokenSource();
        Task waiting = FlushAsync(writer, MaxAhead + 1, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Bounded());
    }

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public async Task A_reader_that_stops_repeatedly_gets_every_row_in_order_without_a_timeout()
    {
        const int Rows = 12_000;
        string[] ids = Ids(Rows);
        string padding = $$""","extra":"{{new string('x', 300)}}" """;
        await using var server = ScriptedServer.Answering(
            Answers.Json(Wire.List([.. ids.Select(id => Wire.Credential(id, more: padding))])));
        using CadenzaClient client = TestClients.Create(server, TestClients.ShortTimeout);
        int seen = 0;
        var host = new RecordingRuntime
        {
            OnCall = call => Thread.Sleep(
                call == "WriteObject" && seen++ % 4000 == 1 ? TestClients.ShortTimeout * 1.3 : TimeSpan.Zero),
        };

        ListRunner.Run(client, host, CredentialFilter.All, CancellationToken.None);

        Assert.Empty(host.Errors);
        Assert.Equal(ids, WrittenIds(host));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_caller_that_is_slow_with_each_row_slows_the_server_down()
    {
        long sent = 0;
        string chunk = string.Concat(
            Enumerable
                .Range(0, 100)
                .Select(static i => Wire.Credential($"{i}-ID", more: $$""","x":"{{new string('y', 2000)}}" """) + ","));
        await using var server = ScriptedServer.Answering(Answers.Chunked(async (peer, token) =>
        {
            await peer.WriteAsync("b\r\n{\"data\":[7,\r\n", token);
            for (int i = 0; i < 1000; i++)
            {
                await peer.WriteChunkAsync(chunk.Replace("-ID", $"-{i}", StringComparison.Ordinal), token);
                Interlocked.Add(ref sent, 100);
            }

            await peer.WriteChunkAsync("7]}", token);
        }));

        // In a time that stands still, the list waits for the caller however long a loaded machine takes.
        using CadenzaClient client = CadenzaClient.FromAccessToken(
            TestClients.Options(server.BaseAddress, timeProvider: TestClients.CreateTime()),
            SecretText.Wrap(TestClients.Token));
        using var stop = new CancellationTokenSource();
        int taken = 0;
        var host = new RecordingRuntime
        {
            OnCall = call =>
            {
                taken += call == "WriteObject" ? 1 : 0;
                if (taken % 20 == 0)
                {
                    Thread.Sleep(1);
                }

                if (taken == 6000)
                {
                    stop.Cancel();
                }
            },
        };

        Assert.ThrowsAny<OperationCanceledException>(() =>
            ListRunner.Run(client, host, CredentialFilter.All, stop.Token));

        // The socket buffers contain at most some megabytes: two thousand of these rows each.
        Assert.InRange(Interlocked.Read(ref sent), 6000, 60_000);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5000)]
    public async Task Rows_before_an_error_are_written_before_it(int rows)
    {
        string list = Wire.List([.. Enumerable.Range(0, rows).Select(static i => Wire.Credential($"{i}"))]);
        await using var server = ScriptedServer.Answering(
            Answers.Truncated(list, Encoding.UTF8.GetByteCount(list) - 60));
        using CadenzaClient client = TestClients.Create(server);
        var host = new RecordingRuntime { OnCall = static call => Thread.SpinWait(call == "WriteObject" ? 100 : 0) };

        ListRunner.Run(client, host, CredentialFilter.All, CancellationToken.None);

        Assert.Equal("WriteError", host.Outputs.Last());
        Assert.Single(host.Errors);
        int brought = host.Written.Count;
        Assert.InRange(brought, rows - 1, rows);
        Assert.Equal(Enumerable.Range(0, brought).Select(static i => $"{i}"), WrittenIds(host));
        TextAssert.Contains($"ended after {brought} credentials", host.Errors[0].Message);
    }

    private static Task FlushAsync(BatchingRowWriter writer, int rows, CancellationToken cancellationToken = default)
    {
        for (int i = 0; i < rows; i++)
        {
            writer.Add(CredentialRow.Warn(""));
        }

        return writer.FlushAsync(cancellationToken).AsTask();
    }
}
