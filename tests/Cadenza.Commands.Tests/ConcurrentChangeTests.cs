using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Security;
using Cadenza.Client.Tests.Support;
using Cadenza.Commands.Changes;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Tests.Support;
using Xunit;

namespace Cadenza.Commands.Tests;

/// <summary>Many changes at a time: as many as may be, never two of one thing, and each with its one outcome whatever happens.</summary>
public sealed class ConcurrentChangeTests
{
    private static readonly ApiKeySet Keys = TestClients.Keys();

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(16)]
    public async Task As_many_are_in_flight_as_may_be_and_never_more(int limit)
    {
        var load = new Load();
        await using var server = ScriptedServer.Running(request => load.Carry(request, async token =>
        {
            await load.WaitForPeakAsync(limit, token);

            // Time for one too many to show.
            await Task.Delay(10, token);
            return Answers.Json(Wire.Item(Wire.Credential(IdIn(request), "REVOKED")));
        }));
        var host = new RecordingRuntime();

        Revoke(server, host, limit, Ids(64));

        Assert.Equal(limit, load.Peak);
        Assert.Equal(64, host.Written.Count);
        Assert.Empty(host.ForeignThreads);
    }

    [Fact]
    public async Task With_a_limit_of_one_each_outcome_is_out_before_the_next_item_is_taken()
    {
        await using var server = ScriptedServer.Running(static request => IdIn(request) switch
        {
            "id-3" => Answers.Json(Wire.Failure(-130002), 409),
            string id => Answers.Json(Wire.Item(Wire.Credential(id, "REVOKED"))),
        });
        using CadenzaConnection connection = TestConnections.Connect(server);
        var host = new RecordingRuntime();
        using var runner = new ChangeRunner(connection, host, ChangeKind.Revoke, throttleLimit: 1);

        for (int i = 1; i <= 6; i++)
        {
            runner.Process(new RevokeRequest(new CredentialReference($"id-{i}")));
            Assert.Equal(i, host.Written.Count + host.Errors.Count);
        }

        runner.Complete();
        Assert.Equal(["ShouldProcess", "WriteObject", "ShouldProcess", "WriteObject", "ShouldProcess", "WriteError", "ShouldProcess", "WriteObject", "ShouldProcess", "WriteObject", "ShouldProcess", "WriteObject"], host.Said);
        Assert.Equal(["id-1", "id-2", "id-4", "id-5", "id-6"], WrittenIds(host));
    }

    [Fact]
    public async Task Two_changes_of_one_credential_wait_for_each_other_in_the_order_given()
    {
        var load = new Load();
        var sent = new ConcurrentQueue<string>();
        await using var server = ScriptedServer.Running(request => load.Carry(request, async token =>
        {
            string id = IdIn(request);
            sent.Enqueue($"{id} {JsonDocument.Parse(request.Text).RootElement.GetProperty("apiKey").GetString()}");
            await Task.Delay(20, token);
            return Answers.Json(Wire.Item(Wire.Credential(id)));
        }));
        using CadenzaConnection connection = TestConnections.Connect(server);
        var host = new RecordingRuntime();
        using var runner = new ChangeRunner(connection, host, ChangeKind.Rotate, throttleLimit: 8);

        for (int round = 0; round < 4; round++)
        {
            // The same thing in another spelling is the same thing.
            foreach (string id in round % 2 == 0 ? new[] { "one", "two", "three" } : ["ONE", "Two", "three"])
            {
                ApiKeySet keys = TestClients.Keys(key: "key-" + round);
                runner.Process(new RotateRequest(new CredentialReference(id), keys));
            }
        }

        runner.Complete();

        Assert.Equal(12, host.Written.Count);
        Assert.Equal(1, load.PeakOfOne);
        Assert.InRange(load.Peak, 2, 3);
        foreach (string id in new[] { "one", "two", "three" })
        {
            Assert.Equal(
                ["key-0", "key-1", "key-2", "key-3"],
                sent.Where(line => line.StartsWith(id, StringComparison.OrdinalIgnoreCase)).Select(static line => line.Split(' ')[1]));
        }
    }

    [Fact]
    public async Task A_second_revoke_of_one_credential_is_refused_and_not_unknown()
    {
        var revoked = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await using var server = ScriptedServer.Running(request => async (peer, token) =>
        {
            await Task.Delay(20, token);
            return revoked.TryAdd(IdIn(request), true)
                ? await Answers.Json(Wire.Item(Wire.Credential(IdIn(request), "REVOKED")))(peer, token)
                : await Answers.Json(Wire.Failure(-130001), 400)(peer, token);
        });
        var host = new RecordingRuntime();

        Revoke(server, host, limit: 8, ["a", "a", "b", "a"]);

        Assert.Equal(["a", "b"], WrittenIds(host).Order());
        Assert.Equal([CadenzaErrorKind.AlreadyRevoked, CadenzaErrorKind.AlreadyRevoked], host.Errors.Select(static e => e.Kind));
        Assert.True(host.Written.FindIndex(static c => ((CadenzaCredential)c).CredentialId == "a") >= 0);
        Assert.True(host.Calls.IndexOf("WriteObject") < host.Calls.IndexOf("WriteError"), "The refusal came before the success that it follows from.");
    }

    [Fact]
    public async Task Two_creations_of_one_name_wait_for_each_other_and_nameless_ones_do_not()
    {
        var load = new Load();
        await using var server = ScriptedServer.Running(request => load.Carry(request, async token =>
        {
            JsonElement wanted = JsonDocument.Parse(request.Text).RootElement;
            bool isNameless = !wanted.TryGetProperty("nickname", out _);
            if (isNameless)
            {
                await load.WaitForPeakAsync(3, token);
            }
            else
            {
                await Task.Delay(20, token);
            }

            return Answers.Json(Wire.Item(Wire.Credential("made")));
        }));
        using CadenzaConnection connection = TestConnections.Connect(server);
        var host = new RecordingRuntime();

        using (var runner = new ChangeRunner(connection, host, ChangeKind.Create, throttleLimit: 8))
        {
            foreach (string name in new[] { "x", "X", "y", "x", "y" })
            {
                runner.Process(new CreateRequest(new NewCredential("OKX", Keys) { Nickname = name }));
            }

            runner.Complete();
        }

        Assert.Equal(1, load.PeakOfOne);
        Assert.Equal(2, load.Peak);
        using (var runner = new ChangeRunner(connection, host, ChangeKind.Create, throttleLimit: 8))
        {
            for (int i = 0; i < 3; i++)
            {
                runner.Process(new CreateRequest(new NewCredential("OKX", Keys)));
            }

            runner.Complete();
        }

        Assert.Equal(8, host.Written.Count);
        Assert.Equal(3, load.Peak);
    }

    [Fact]
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
                _ => Answers.Json(Wire.Item(Wire.Credential(id, "REVOKED"))),
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
        Assert.Empty(host.ForeignThreads);
    }

    [Fact]
    public async Task Whoever_hands_items_over_is_held_up_while_no_more_may_be_in_flight()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = new Load();
        await using var server = ScriptedServer.Running(request => load.Carry(request, async token =>
        {
            await release.Task.WaitAsync(token);
            return Answers.Json(Wire.Item(Wire.Credential(IdIn(request), "REVOKED")));
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

    [Fact]
    public async Task An_error_that_fails_every_item_comes_last_and_nothing_is_started_after_it()
    {
        int count = 0;
        await using var server = ScriptedServer.Running(request => Interlocked.Increment(ref count) <= 20
            ? Answers.Json(Wire.Item(Wire.Credential(IdIn(request), "REVOKED")))
            : Answers.Json(Wire.Failure(-19002), 401));
        RecordingRuntime host = null!;
        host = new RecordingRuntime { OnCall = call => ThrowIf(call == "WriteError" && host.Errors[^1].FailsEveryItem) };

        Assert.Throws<StoppedException>(() => Revoke(server, host, limit: 8, Ids(100)));

        Assert.Equal("WriteError", host.Said.Last());
        Assert.True(host.Errors[^1].FailsEveryItem);
        Assert.All(host.Errors.SkipLast(1), static e => Assert.False(e.FailsEveryItem));
        Assert.Equal(20, host.Written.Count);
        string[] started = [.. server.Requests.Select(IdIn)];
        Assert.Equal(started.Order(), WrittenIds(host).Concat(host.Errors.Select(static e => e.Target!)).Order());
        Assert.InRange(started.Length, 21, 28);
    }

    [Fact]
    public async Task Where_the_first_error_ends_everything_all_the_rest_is_said_before_it()
    {
        await using var server = ScriptedServer.Running(request => async (peer, token) =>
        {
            string id = IdIn(request);
            int number = int.Parse(id.AsSpan(3), CultureInfo.InvariantCulture);
            await Task.Delay(number == 2 ? 0 : 300, token);
            return await (number % 2 == 0
                ? Answers.Json(Wire.Failure(-130002, "accounts active"), 409)
                : Answers.Json(Wire.Item(Wire.Credential(id, "REVOKED"))))(peer, token);
        });
        var host = new RecordingRuntime { StopsAtFirstError = true, OnCall = static call => ThrowIf(call == "WriteError") };

        Assert.Throws<StoppedException>(() => Revoke(server, host, limit: 6, Ids(50)));

        Assert.Equal("id-2", Assert.Single(host.Errors).Target);
        Assert.Equal("WriteError", host.Said.Last());
        int started = server.Requests.Count;
        Assert.InRange(started, 2, 8);
        Assert.Equal(started, host.Written.Count + host.Warnings.Count + 1);
        Assert.All(host.Warnings, static warning => Assert.Contains("was not revoked: accounts active", warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelling_returns_soon_and_leaves_word_of_exactly_what_was_in_flight()
    {
        using var stop = new CancellationTokenSource();
        int count = 0;
        var hanging = new ConcurrentBag<string>();
        await using var server = ScriptedServer.Running(request =>
        {
            int number = Interlocked.Increment(ref count);
            if (number <= 5)
            {
                return Answers.Json(Wire.Item(Wire.Credential(IdIn(request), "REVOKED")));
            }

            hanging.Add(IdIn(request));
            return async (peer, token) =>
            {
                if (number == 9)
                {
                    await stop.CancelAsync();
                }

                return await Answers.Never(peer, token);
            };
        });
        using CadenzaConnection connection = TestConnections.Connect(server);
        var host = new RecordingRuntime();
        using var runner = new ChangeRunner(connection, host, ChangeKind.Revoke, throttleLimit: 4, cancellationToken: stop.Token);
        var watch = new Stopwatch();
        using CancellationTokenRegistration _ = stop.Token.Register(watch.Start);

        Assert.ThrowsAny<OperationCanceledException>(() => Feed(runner, Ids(50)));

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
        Assert.Equal(5, host.Written.Count);
        Assert.Empty(host.Errors);
        Assert.Equal(
            hanging.Select(static id => $"credential {id} may or may not have been revoked.").Order(), runner.TakeUnreportedOutcomes().Order());
        Assert.Empty(runner.TakeUnreportedOutcomes());
    }

    [Fact]
    public async Task When_the_caller_leaves_what_is_in_flight_ends_and_word_of_it_is_left()
    {
        var load = new Load();
        var afterwards = new ConcurrentBag<string>();
        await using var server = ScriptedServer.Running(request => load.Carry(request, async token =>
        {
            await load.WaitForPeakAsync(4, token);
            string id = IdIn(request);
            if (id == "id-1")
            {
                return Answers.Json(Wire.Item(Wire.Credential(id, "REVOKED")));
            }

            await Task.Delay(400, token);
            afterwards.Add(id);
            return id == "id-4"
                ? Answers.Json(Wire.Failure(-130002, "accounts active"), 409)
                : Answers.Json(Wire.Item(Wire.Credential(id, "REVOKED")));
        }));
        using CadenzaConnection connection = TestConnections.Connect(server);
        var host = new RecordingRuntime { OnCall = static call => ThrowIf(call == "WriteObject") };
        using var runner = new ChangeRunner(connection, host, ChangeKind.Revoke, throttleLimit: 4);

        Assert.Throws<StoppedException>(() => Feed(runner, Ids(50)));

        Assert.Equal(["id-1"], WrittenIds(host));
        Assert.Equal(["id-2", "id-3", "id-4"], afterwards.Order());
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(
            ["Credential id-4 was not revoked: accounts active (HTTP 409, errno -130002).", "credential id-2 was revoked.", "credential id-3 was revoked."],
            runner.TakeUnreportedOutcomes().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task When_the_caller_is_cancelled_while_an_error_waits_for_the_others_it_is_not_lost()
    {
        using var stop = new CancellationTokenSource();
        await using var server = ScriptedServer.Running(static request => IdIn(request) == "id-1"
            ? Answers.Json(Wire.Failure(-19002, "token not known"), 401)
            : Answers.Never);
        using CadenzaConnection connection = TestConnections.Connect(server);
        var host = new RecordingRuntime { OnCall = call => stop.CancelAfter(call == "WriteTrace" ? 700 : Timeout.Infinite) };
        using var runner = new ChangeRunner(connection, host, ChangeKind.Revoke, throttleLimit: 4, cancellationToken: stop.Token);

        Assert.ThrowsAny<OperationCanceledException>(() => Feed(runner, Ids(3)));

        Assert.Empty(host.Errors);
        Assert.Equal(
            ["Credential id-1 was not revoked: token not known (HTTP 401, errno -19002).", "credential id-2 may or may not have been revoked.", "credential id-3 may or may not have been revoked."],
            runner.TakeUnreportedOutcomes().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_runner_that_is_let_go_of_without_being_completed_waits_for_what_is_in_flight()
    {
        var load = new Load();
        await using var server = ScriptedServer.Running(request => load.Carry(request, async token =>
        {
            await load.WaitForPeakAsync(3, token);
            await Task.Delay(300, token);
            return Answers.Json(Wire.Item(Wire.Credential(IdIn(request), "REVOKED")));
        }));
        using CadenzaConnection connection = TestConnections.Connect(server);
        var runner = new ChangeRunner(connection, new RecordingRuntime(), ChangeKind.Revoke, throttleLimit: 8);
        foreach (string id in Ids(3))
        {
            runner.Process(new RevokeRequest(new CredentialReference(id)));
        }

        // As where a command upstream throws: PowerShell disposes the cmdlet and calls nothing else.
        runner.Dispose();

        Assert.Equal(["credential id-1 was revoked.", "credential id-2 was revoked.", "credential id-3 was revoked."], runner.TakeUnreportedOutcomes().Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_thinks_before_answering_sees_what_came_of_the_last_answer_first(bool thinks)
    {
        var load = new Load();
        await using var server = ScriptedServer.Running(request => load.Carry(request, async token =>
        {
            if (!thinks)
            {
                await load.WaitForPeakAsync(3, token);
            }

            return Answers.Json(Wire.Item(Wire.Credential(IdIn(request), "REVOKED")));
        }));
        var host = new RecordingRuntime { OnCall = call => Thread.Sleep(thinks && call == "ShouldProcess" ? 150 : 0) };

        Revoke(server, host, limit: 8, Ids(3));

        Assert.Equal(thinks ? ["ShouldProcess", "WriteObject", "ShouldProcess", "WriteObject", "ShouldProcess", "WriteObject"] : ["ShouldProcess", "ShouldProcess", "ShouldProcess", "WriteObject", "WriteObject", "WriteObject"], host.Said);
        Assert.Equal(thinks ? 1 : 3, load.Peak);
    }

    [Fact]
    public async Task The_warning_about_production_comes_once_however_many_are_in_flight()
    {
        await using var server = ScriptedServer.Running(static request => Answers.Json(Wire.Item(Wire.Credential(IdIn(request), "REVOKED"))));
        using CadenzaConnection connection = CadenzaConnection.OpenUnchecked(new ConnectionPlan
        {
            BaseUri = server.BaseAddress,
            Environment = nameof(CadenzaEnvironment.Production),
            AccessToken = SecretText.Wrap(TestClients.Token),
        });
        var host = new RecordingRuntime();
        for (int round = 0; round < 2; round++)
        {
            using var runner = new ChangeRunner(connection, host, ChangeKind.Revoke);
            Feed(runner, Ids(20));
        }

        Assert.Single(host.Warnings);
        Assert.Equal(["ShouldProcess", "WriteWarning"], host.Said.Take(2));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_pause_gets_it_from_all_of_them()
    {
        var load = new Load();
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

                return Answers.Json(Wire.Item(Wire.Credential(IdIn(request), "REVOKED")));
            }

            return load.Carry(request, async token =>
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
            server, timing: new RequestTiming(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), MaxRetries: 3));
        var host = new RecordingRuntime();
        using var runner = new ChangeRunner(connection, host, ChangeKind.Revoke, throttleLimit: 4);

        Feed(runner, Ids(12));

        Assert.Equal(12, host.Written.Count);
        Assert.Empty(early);
    }

    private static string[] Ids(int count) => [.. Enumerable.Range(1, count).Select(static i => $"id-{i}")];

    private static string IdIn(ReceivedRequest request) => JsonDocument.Parse(request.Text).RootElement.GetProperty("credentialId").GetString()!;

    private static IEnumerable<string> WrittenIds(RecordingRuntime host) => host.Written.Cast<CadenzaCredential>().Select(static c => c.CredentialId);

    private static void ThrowIf(bool isTime)
    {
        if (isTime)
        {
            throw new StoppedException();
        }
    }

    private static void Revoke(ScriptedServer server, RecordingRuntime host, int limit, string[] ids)
    {
        using CadenzaConnection connection = TestConnections.Connect(server);
        using var runner = new ChangeRunner(connection, host, ChangeKind.Revoke, limit);
        Feed(runner, ids);
    }

    private static void Feed(ChangeRunner runner, string[] ids)
    {
        foreach (string id in ids)
        {
            runner.Process(new RevokeRequest(new CredentialReference(id)));
        }

        runner.Complete();
    }

    private sealed class StoppedException : Exception;

    /// <summary>Counts what the server has at hand at a time, in all and about one thing.</summary>
    private sealed class Load
    {
        private readonly Dictionary<string, int> _ofOne = new(StringComparer.OrdinalIgnoreCase);
        private readonly List<(int Peak, TaskCompletionSource Reached)> _waiting = [];
        private int _now;

        public int Peak { get; private set; }

        public int PeakOfOne { get; private set; }

        /// <summary>Carries a request until its answer is known. Giving it counts no more: the client may send the next at once.</summary>
        public Answer Carry(ReceivedRequest request, Func<CancellationToken, Task<Answer>> decide) => async (peer, token) =>
        {
            string key = KeyOf(request);
            Enter(key);
            Answer answer;
            try
            {
                answer = await decide(token);
            }
            finally
            {
                Leave(key);
            }

            return await answer(peer, token);
        };

        public Task WaitForPeakAsync(int peak, CancellationToken cancellationToken)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_waiting)
            {
                if (Peak >= peak)
                {
                    return Task.CompletedTask;
                }

                _waiting.Add((peak, reached));
            }

            return reached.Task.WaitAsync(Bound.Time, cancellationToken);
        }

        private static string KeyOf(ReceivedRequest request)
        {
            JsonElement wanted = JsonDocument.Parse(request.Text).RootElement;
            return wanted.TryGetProperty("credentialId", out JsonElement id) || wanted.TryGetProperty("nickname", out id)
                ? id.GetString()!
                : Guid.NewGuid().ToString();
        }

        private void Enter(string key)
        {
            lock (_waiting)
            {
                Peak = Math.Max(Peak, ++_now);
                int ofOne = _ofOne[key] = _ofOne.GetValueOrDefault(key) + 1;
                PeakOfOne = Math.Max(PeakOfOne, ofOne);
                _waiting.Where(wait => wait.Peak <= Peak).ToList().ForEach(static wait => wait.Reached.TrySetResult());
            }
        }

        private void Leave(string key)
        {
            lock (_waiting)
            {
                _now--;
                _ofOne[key]--;
            }
        }
    }
}
