using System.Collections.Concurrent;
using static Cadenza.Commands.Tests.Support.ChangeRuns;

namespace Cadenza.Commands.Tests;

/// <summary>Errors that end a command, cancellation, and callers that stop: no outcome is lost.</summary>
public sealed class ChangeTerminationTests
{
    [Fact]
    public async Task An_error_that_fails_every_item_is_written_last_and_no_change_starts_after_it()
    {
        int count = 0;
        await using var server = ScriptedServer.Running(request => Interlocked.Increment(ref count) <= 20
            ? Revoked(request)
            : Answers.Json(Wire.Failure(-19002), 401));
        var host = new RecordingRuntime { StopsAtTerminatingError = true };

        Assert.Throws<StoppedException>(() => Revoke(server, host, limit: 8, Ids(100)));

        Assert.Equal("WriteError", host.Outputs.Last());
        Assert.True(host.Errors[^1].FailsEveryItem);
        Assert.All(host.Errors.SkipLast(1), static e => Assert.False(e.FailsEveryItem));
        Assert.Equal(20, host.Written.Count);
        string[] started = [.. server.Requests.Select(IdIn)];
        Assert.Equal(started.Order(), WrittenIds(host).Concat(host.Errors.Select(static e => e.Target!)).Order());
        Assert.InRange(started.Length, 21, 28);
    }

    [Fact]
    public async Task If_the_first_error_stops_the_caller_all_other_outcomes_are_written_before_it()
    {
        var firstError = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Running(request => async (peer, token) =>
        {
            string id = IdIn(request);
            int number = int.Parse(id.AsSpan(3), CultureInfo.InvariantCulture);
            if (number != 2)
            {
                await firstError.Task.WaitAsync(token);
            }

            return await (number % 2 == 0
                ? Answers.Json(Wire.Failure(-130002, "accounts active"), 409)
                : Revoked(id))(peer, token);
        });
        var host = new RecordingRuntime
        {
            StopsAtFirstError = true,
            OnCall = call =>
            {
                // The trace of the response to id-2 is written before its outcome.
                _ = call == "WriteTrace" && firstError.TrySetResult();
                ThrowIf(call == "WriteError");
            },
        };

        Assert.Throws<StoppedException>(() => Revoke(server, host, limit: 6, Ids(50)));

        // Which of the failures is processed first is not certain.
        Assert.Matches("^id-[0-9]*[02468]$", Assert.Single(host.Errors).Target);
        Assert.Equal("WriteError", host.Outputs.Last());
        int started = server.Requests.Count;
        Assert.InRange(started, 2, 8);
        Assert.Equal(started, host.Written.Count + host.Warnings.Count + 1);
        Assert.All(host.Warnings, static warning => TextAssert.Contains("was not revoked: accounts active", warning));
    }

    [Fact]
    public async Task Cancelling_leaves_the_outcomes_of_the_changes_in_flight()
    {
        using var stop = new CancellationTokenSource();
        int count = 0;
        var hanging = new ConcurrentBag<string>();
        await using var server = ScriptedServer.Running(request =>
        {
            int number = Interlocked.Increment(ref count);
            if (number <= 5)
            {
                return Revoked(request);
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
        using var runner = new ChangeRunner(
            connection, host, ChangeKind.Revoke, new() { ThrottleLimit = 4 }, stop.Token);

        Assert.ThrowsAny<OperationCanceledException>(() => Feed(runner, Ids(50)));

        Assert.Equal(5, host.Written.Count);
        Assert.Empty(host.Errors);
        Assert.Equal(
            hanging.Select(static id => $"credential {id} may or may not have been revoked.").Order(),
            runner.TakeUnreportedOutcomes().Order());
        Assert.Empty(runner.TakeUnreportedOutcomes());
    }

    [Fact]
    public async Task If_the_caller_stops_the_changes_in_flight_complete_and_their_outcomes_are_left()
    {
        var load = new ServerLoad();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var afterwards = new ConcurrentBag<string>();
        await using var server = ScriptedServer.Running(request => load.Process(request, async token =>
        {
            await load.WaitForPeakAsync(4, token);
            string id = IdIn(request);
            if (id != "id-1")
            {
                await stopped.Task.WaitAsync(token);
                afterwards.Add(id);
            }

            return id == "id-4"
                ? Answers.Json(Wire.Failure(-130002, "accounts active"), 409)
                : Revoked(id);
        }));
        using CadenzaConnection connection = TestConnections.Connect(server);
        var host = new RecordingRuntime
        {
            OnCall = call => ThrowIf(call == "WriteObject" && stopped.TrySetResult()),
        };
        using var runner = new ChangeRunner(connection, host, ChangeKind.Revoke, new() { ThrottleLimit = 4 });

        Assert.Throws<StoppedException>(() => Feed(runner, Ids(50)));

        Assert.Equal(["id-1"], WrittenIds(host));
        Assert.Equal(["id-2", "id-3", "id-4"], afterwards.Order());
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(
            [
                "Credential id-4 was not revoked: accounts active (HTTP 409, errno -130002).",
                "credential id-2 was revoked.",
                "credential id-3 was revoked.",
            ],
            runner.TakeUnreportedOutcomes().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_deferred_error_is_not_lost_by_a_cancellation()
    {
        using var stop = new CancellationTokenSource();
        var load = new ServerLoad();
        await using var server = ScriptedServer.Running(request => load.Process(request, async token =>
        {
            await load.WaitForPeakAsync(3, token);
            return IdIn(request) == "id-1"
                ? Answers.Json(Wire.Failure(-19002, "token not known"), 401)
                : Answers.Never;
        }));
        using CadenzaConnection connection = TestConnections.Connect(server);
        var host = new RecordingRuntime
        {
            OnCall = call => stop.CancelAfter(call == "WriteTrace" ? 700 : Timeout.Infinite),
        };
        using var runner = new ChangeRunner(
            connection, host, ChangeKind.Revoke, new() { ThrottleLimit = 4 }, stop.Token);

        Assert.ThrowsAny<OperationCanceledException>(() => Feed(runner, Ids(3)));

        Assert.Empty(host.Errors);
        Assert.Equal(
            [
                "Credential id-1 was not revoked: token not known (HTTP 401, errno -19002).",
                "credential id-2 may or may not have been revoked.",
                "credential id-3 may or may not have been revoked.",
            ],
            runner.TakeUnreportedOutcomes().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Disposing_an_incomplete_runner_waits_for_the_changes_in_flight()
    {
        var load = new ServerLoad();
        await using var server = ScriptedServer.Running(request => load.Process(request, async token =>
        {
            await load.WaitForPeakAsync(3, token);
            await Task.Delay(300, token);
            return Revoked(request);
        }));
        using CadenzaConnection connection = TestConnections.Connect(server);
        var runner = new ChangeRunner(
            connection, new RecordingRuntime(), ChangeKind.Revoke, new() { ThrottleLimit = 8 });
        Array.ForEach([.. Revokes(Ids(3))], runner.Process);

        // As if a command upstream throws: PowerShell disposes the cmdlet and calls nothing else.
        runner.Dispose();

        Assert.Equal(
            ["credential id-1 was revoked.", "credential id-2 was revoked.", "credential id-3 was revoked."],
            runner.TakeUnreportedOutcomes().Order());
    }
}
