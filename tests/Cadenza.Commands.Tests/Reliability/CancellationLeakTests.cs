using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.NetworkInformation;
using Cadenza.Client;
using Cadenza.Commands.Listing;
using Cadenza.SandboxServer;

namespace Cadenza.Commands.Tests.Reliability;

/// <summary>Cancelling a runner ends its requests and leaves no task and no socket.</summary>
public sealed class CancellationLeakTests
{
    private const int Rounds = 40;

    /// <summary>Less than the 5 seconds after which a runner abandons an operation that does not end.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(4);

    public static TheoryData<string> Faults =>
        new(
            "*:NeverAnswer",
            "*:DropMidway",
            "*:Drip:delay=100ms",
            "*:ServiceUnavailableHtml",
            "*:RateLimited:retryafter=20");

    [Theory]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    [MemberData(nameof(Faults))]
    public async Task Cancelling_ends_every_call_at_once_and_leaves_no_open_socket(string fault)
    {
        var unobserved = new ConcurrentQueue<Exception>();
        void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs e) => unobserved.Enqueue(e.Exception);
        TaskScheduler.UnobservedTaskException += OnUnobserved;
        try
        {
            await using (SandboxHost host = await StartAsync(fault))
            {
                for (int round = 0; round < Rounds; round += 4)
                {
                    await Task.WhenAll(
                        Enumerable.Range(round, 4).Select(i => OnOwnThread(() => CancelOne(host, i)))).Bounded();
                }

                await AssertNoSocketIsOpenAsync(host.BaseAddress.Port);
            }

            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            Assert.Empty(unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= OnUnobserved;
        }
    }

    [Fact]
    public async Task A_connection_is_usable_after_a_cancelled_call()
    {
        int requests = 0;
        using var stop = new CancellationTokenSource();
        await using var server = ScriptedServer.Running(_ => async (peer, token) =>
        {
            if (Interlocked.Increment(ref requests) > 1)
            {
                return await Answers.Json(Wire.List(Wire.Credential("a"), Wire.Credential("b")))(peer, token);
            }

            await stop.CancelAsync();
            return await Answers.Never(peer, token);
        });
        using CadenzaClient client = TestClients.Create(server);
        var recorder = new RecordingRuntime();
        Assert.ThrowsAny<OperationCanceledException>(
            () => ListRunner.Run(client, recorder, CredentialFilter.All, stop.Token));

        ListRunner.Run(client, recorder, CredentialFilter.All, CancellationToken.None);
        Assert.Equal(2, recorder.Written.Count);
    }

    /// <summary>
    /// Runs on its own thread, as a pipeline does. Blocking the thread pool could block the awaited operations.
    /// </summary>
    private static Task OnOwnThread(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task AssertNoSocketIsOpenAsync(int port)
    {
        var patience = Stopwatch.StartNew();
        while (CountOpenSockets(port) is int open and > 0)
        {
            Assert.True(patience.Elapsed < Bound.Time, $"{open} sockets are still open.");
            await Task.Delay(50);
        }
    }

    private static int CountOpenSockets(int port) =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Count(c =>
            c.State == TcpState.Established && (c.RemoteEndPoint.Port == port || c.LocalEndPoint.Port == port));

    private static Task<SandboxHost> StartAsync(string fault) =>
        SandboxHost.StartAsync(
            new SandboxOptions { Faults = new SandboxFaults { Rules = [SandboxFaultRule.Parse(fault)] } });

    private static void CancelOne(SandboxHost host, int i)
    {
        using CadenzaConnection connection = TestConnections.Connect(
            host.BaseAddress, host.Sandbox.IssueAccessToken(), RequestTiming.Default);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(5 + (i * 7 % 120)));
        var sinceStop = new Stopwatch();
        using CancellationTokenRegistration watch = stop.Token.Register(sinceStop.Start);
        var recorder = new RecordingRuntime();
        try
        {
            if (i % 2 == 0)
            {
                ListRunner.Run(connection.GetClient(), recorder, CredentialFilter.All, stop.Token);
            }
            else
            {
                using var runner = new ChangeRunner(
                    connection, recorder, ChangeKind.Revoke, cancellationToken: stop.Token);
                ChangeRuns.Feed(runner, ["some-id"]);
            }
        }
        catch (OperationCanceledException)
        {
            // Expected.
        }

        Assert.True(sinceStop.Elapsed < AtOnce, $"It took {sinceStop.Elapsed.TotalSeconds:0.0} s.");
    }
}
