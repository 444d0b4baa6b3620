using System.Collections.Concurrent;
using System.Diagnostics;
using static Cadenza.Commands.Tests.Support.ChangeRuns;

namespace Cadenza.Commands.Tests;

/// <summary>
/// Several changes in flight: the throttle limit is used and never exceeded, and each change has one outcome.
/// </summary>
public sealed class ConcurrentChangeTests
{
    private readonly RecordingRuntime _host = new();

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(16)]
    public async Task The_throttle_limit_is_used_and_never_exceeded(int limit)
    {
        var load = new ServerLoad();
        await using var server = ScriptedServer.Running(request => load.Process(request, async token =>
        {
            await load.WaitForPeakAsync(limit, token);

            // Allow time for a request that exceeds the limit.
            await Task.Delay(10, token);
            return Revoked(request);
        }));

        Revoke(server, _host, limit, Ids(64));

        Assert.Equal(limit, load.Peak);
        Assert.Equal(64, _host.Written.Count);
        Assert.Empty(_host.OtherThreads);
    }

    [Fact]
    public async Task With_a_limit_of_one_each_outcome_is_written_before_the_next_item()
    {
        await using var server = ScriptedServer.Running(static request => IdIn(request) switch
        {
            "id-3" => Answers.Json(Wire.Failure(-130002), 409),
            string id => Revoked(id),
        });
        using CadenzaConnection connection = TestConnections.Connect(server);
        using var runner = new ChangeRunner(connection, _host, ChangeKind.Revoke, new() { ThrottleLimit = 1 });

        for (int i = 1; i <= 6; i++)
        {
            runner.Process(new RevokeRequest(new CredentialReference($"id-{i}")));
            Assert.Equal(i, _host.Written.Count + _host.Errors.Count);
        }

        runner.Complete();
        Assert.Equal(
            [
                "ShouldProcess", "WriteObject", "ShouldProcess", "WriteObject", "ShouldProcess", "WriteError",
                "ShouldProcess", "WriteObject", "ShouldProcess", "WriteObject", "ShouldProcess", "WriteObject",
            ],
            _host.Outputs);
        Assert.Equal(["id-1", "id-2", "id-4", "id-5", "id-6"], WrittenIds(_host));
    }

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public async Task A_thousand_items_under_random_faults_have_one_outcome_each()
    {
        int seed = 0;
        await using var server = ScriptedServer.Running(request =>
        {
            var random = new Random(Interlocked.Increment(ref seed));
            string id = request.Method == "GET" ? "none" : IdIn(request);
            Answer answer = random.Next(10) switch
            {
                0 => Answers.Json(Wire.Failure(-130002), 409),
                1 => Answers.Html(),
                2 => Answers.Reset,
                3 => Answers.Json(Wire.Failure(-22016), 404),
                4 => Answers.Truncated(Wire.Item(Wire.Credential(id)), keep: 40),
                _ => Revoked(id),
            };
            int delay = random.Next(4);
            return async (peer, token) =>
            {
                await Task.Delay(delay, token);
                return await answer(peer, token);
            };
        });
        var host = new RecordingRuntime { WantsTrace = false };
        string[] ids = Ids(1000);

        Revoke(server, host, limit: 16, ids);

        Assert.Equal(ids.Order(), WrittenIds(host).Concat(host.Errors.Select(static e => e.Target!)).Order());
        Assert.InRange(host.Errors.Count, 100, 900);
        Assert.Empty(host.OtherThreads);
    }

    [Fact]
    public async Task The_caller_is_blocked_while_the_limit_is_reached()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = new ServerLoad();
        await using var server = ScriptedServer.Running(request => load.Process(request, async token =>
        {
            await release.Task.WaitAsync(token);
            return Revoked(request);
        }));
        int asked = 0;
        Task<RecordingRuntime> running = Task.Run(() =>
        {
            var host = new RecordingRuntime { OnCall = call => asked += call == "ShouldProcess" ? 1 : 0 };
            Revoke(server, host, limit: 4, Ids(12));
            return host;
        });

        await load.WaitForPeakAsync(4, CancellationToken.None).Bounded();
        await Task.Delay(300);
        Assert.Equal(4, Volatile.Read(ref asked));
        Assert.Equal(4, server.Requests.Count);

        release.SetResult();
        RecordingRuntime done = await running.Bounded();
        Assert.Equal(12, done.Written.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_who_answers_prompts_gets_the_last_outcome_before_the_next_prompt(bool thinks)
    {
        var load = new ServerLoad();
        await using var server = ScriptedServer.Running(request => load.Process(request, async token =>
        {
            if (!thinks)
            {
                await load.WaitForPeakAsync(3, token);
            }

            return Revoked(request);
        }));
        var time = new FakeTimeProvider();
        var host = new RecordingRuntime
        {
            OnCall = call => time.Advance(TimeSpan.FromMilliseconds(thinks && call == "ShouldProcess" ? 150 : 0)),
        };
        using CadenzaConnection connection = TestConnections.Connect(server);

        Run(connection, host, new() { ThrottleLimit = 8, PromptTime = time }, Revokes(Ids(3)));

        Assert.Equal(
            thinks
                ? ["ShouldProcess", "WriteObject", "ShouldProcess", "WriteObject", "ShouldProcess", "WriteObject"]
                : ["ShouldProcess", "ShouldProcess", "ShouldProcess", "WriteObject", "WriteObject", "WriteObject"],
            host.Outputs);
        Assert.Equal(thinks ? 1 : 3, load.Peak);
    }

    [Fact]
    public async Task The_production_warning_is_written_once()
    {
        await using var server = ScriptedServer.Running(Revoked);
        using CadenzaConnection connection = TestConnections.Connect(
            server.BaseAddress, environment: nameof(CadenzaEnvironment.Production));
        for (int round = 0; round < 2; round++)
        {
            Run(connection, _host, options: null, Revokes(Ids(20)));
        }

        Assert.Single(_host.Warnings);
        Assert.Equal(["ShouldProcess", "WriteWarning"], _host.Outputs.Take(2));
    }

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public async Task A_delay_that_the_server_requests_applies_to_all_changes()
    {
        var load = new ServerLoad();
        var sincePause = new Stopwatch();
        var early = new ConcurrentBag<double>();
        int count = 0;
        await using var server = ScriptedServer.Running(request =>
        {
            if (Interlocked.Increment(ref count) > 4)
            {
                if (sincePause.Elapsed.TotalSeconds < 1.5)
                {
                    early.Add(sincePause.Elapsed.TotalSeconds);
                }

                return Revoked(request);
            }

            return load.Process(request, async token =>
            {
                await load.WaitForPeakAsync(4, token);
                lock (sincePause)
                {
                    sincePause.Start();
                }

                return Answers.Json(Wire.Failure(-18011), 429, "Retry-After: 2");
            });
        });
        using CadenzaConnection connection = TestConnections.Connect(
            server, timing: new RequestTiming(Bound.Time, 2 * Bound.Time, MaxRetries: 3));

        Run(connection, _host, new() { ThrottleLimit = 4 }, Revokes(Ids(12)));

        Assert.Equal(12, _host.Written.Count);
        Assert.Empty(early);
    }
}
