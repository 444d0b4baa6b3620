using System.Collections.Concurrent;
using Cadenza.Client.Tests.Reliability;
using Xunit.Abstractions;

namespace Cadenza.Commands.Tests.Reliability;

/// <summary>
/// As <see cref="ChaosTests"/>, but for commands: several changes in flight under random faults, and each is reported
/// correctly and once. The threads are real, so a seed determines the faults but not the order of events.
/// </summary>
public sealed class RunnerChaosTests(ITestOutputHelper output)
{
    private static readonly int Schedules = ScheduleCount.Scale(500);

    /// <summary>Most of a schedule is waiting.</summary>
    private const int AtATime = 8;

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public void The_output_of_a_command_is_true_and_complete_under_random_faults()
    {
        var faults = new ConcurrentBag<string>();
        var tally = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        int next = 0;
        Thread[] threads = [.. Enumerable.Range(0, AtATime).Select(_ => new Thread(() =>
        {
            int seed;
            while ((seed = Interlocked.Increment(ref next)) <= Schedules && faults.Count < 3)
            {
                RunSafely((ulong)seed, faults, tally);
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());

        output.WriteLine(string.Join('\n', tally.Select(static pair => $"{pair.Key}: {pair.Value}").Order()));
        Assert.Empty(faults);
        foreach (ChaosKind kind in new[] { ChaosKind.Rotate, ChaosKind.Revoke, ChaosKind.Create })
        {
            Assert.True(tally.GetValueOrDefault(kind + " done") > Schedules / 10, $"{kind} rarely succeeded.");
            Assert.True(tally.GetValueOrDefault(kind + " failed") > Schedules / 40, $"{kind} rarely failed.");
        }
    }

    private static void RunSafely(ulong seed, ConcurrentBag<string> faults, ConcurrentDictionary<string, int> tally)
    {
        try
        {
            var schedule = new ChaosSchedule(seed, new FastTimeProvider());
            Run(schedule, seed);
            foreach (ChaosOperation operation in schedule.Operations.Where(static o => o.Reports > 0))
            {
                tally.AddOrUpdate(
                    $"{operation.Kind} {(operation.Error is null ? "done" : "failed")}",
                    1,
                    static (_, count) => count + 1);
            }
        }
        catch (Exception e)
        {
            faults.Add($"Seed {seed}: {e}");
        }
    }

    private static void Run(ChaosSchedule schedule, ulong seed)
    {
        using CadenzaConnection? connection = ConnectAsync(schedule).GetAwaiter().GetResult();
        if (connection is null)
        {
            return;
        }

        int limit = 4 + (int)(seed % 13);
        var host = new RecordingRuntime { WantsTrace = seed % 4 == 0 };
        foreach (ChaosKind kind in new[] { ChaosKind.Rotate, ChaosKind.Revoke, ChaosKind.Create })
        {
            // Creations without a nickname cannot be distinguished in the output.
            List<ChaosOperation> operations =
            [.. schedule.Operations.Where(o => o.Kind == kind && (kind != ChaosKind.Create || o.Nickname is not null))];
            (int written, int errors) = (host.Written.Count, host.Errors.Count);
            Feed(connection, host, kind, operations, schedule.CredentialType, limit);
            CadenzaCredential[] changed = [.. host.Written.Skip(written).Cast<CadenzaCredential>()];
            Report(kind, operations, changed, [.. host.Errors.Skip(errors)]);
        }

        Assert.Empty(host.OtherThreads);
        ChaosVerifier.VerifyChanges(
            schedule.Sandbox.GetState(),
            schedule.Operations.Where(static o => o.Reports != 0),
            schedule.Options.MaxRetries);
    }

    private static void Feed(
        CadenzaConnection connection, RecordingRuntime host, ChaosKind kind, List<ChaosOperation> operations,
        string type, int limit)
    {
        ChangeKind change = kind switch
        {
            ChaosKind.Rotate => ChangeKind.Rotate,
            ChaosKind.Revoke => ChangeKind.Revoke,
            _ => ChangeKind.Create,
        };
        using var runner = new ChangeRunner(connection, host, change, new() { ThrottleLimit = limit });
        ChangeRuns.Feed(runner, operations.Select(operation => CreateRequest(kind, operation, type)));
        Assert.Empty(runner.TakeUnreportedOutcomes());
    }

    private static ChangeRequest CreateRequest(ChaosKind kind, ChaosOperation operation, string type)
    {
        ApiKeySet keys = TestClients.Keys(operation.Key, operation.Secret, operation.Passphrase);
        return kind switch
        {
            ChaosKind.Rotate => ChangeRuns.Rotation(operation.Target!.CredentialId, keys),
            ChaosKind.Revoke => new RevokeRequest(new CredentialReference(operation.Target!.CredentialId)),
            _ => new CreateRequest(
                new NewCredential("OKX", keys) { Nickname = operation.Nickname, CredentialType = type }),
        };
    }

    /// <summary>
    /// Assigns the outputs of the command to its operations. Each operation must have exactly one output.
    /// </summary>
    private static void Report(
        ChaosKind kind, List<ChaosOperation> operations, CadenzaCredential[] written, CadenzaErrorReport[] errors)
    {
        Assert.True(
            operations.Count == written.Length + errors.Length,
            $"{operations.Count} times {kind}, but {written.Length} results and {errors.Length} errors.");
        foreach (ChaosOperation operation in operations)
        {
            bool IsAbout(string? id, string? name) =>
                kind == ChaosKind.Create ? name == operation.Nickname : id == operation.Target!.CredentialId;
            operation.Changed = written.SingleOrDefault(c => IsAbout(c.CredentialId, c.Nickname));
            operation.Error = errors.SingleOrDefault(e => IsAbout(e.Target, e.Target))?.Exception as ApiException;
            operation.Reports = (operation.Changed is null ? 0 : 1) + (operation.Error is null ? 0 : 1);
            Assert.True(operation.Reports == 1, $"{operation} was reported {operation.Reports} times.");
        }
    }

    /// <summary>Returns null if the faults prevent the login.</summary>
    private static async Task<CadenzaConnection?> ConnectAsync(ChaosSchedule schedule)
    {
        CadenzaClientOptions options = schedule.Options;
        var defaults = new SandboxOptions();
        var plan = new ConnectionPlan
        {
            BaseUri = options.BaseAddress,
            Environment = "Custom",
            Handler = schedule.Sandbox,
            AccessToken = schedule.UsesLogin ? null : SecretText.Wrap(schedule.Sandbox.IssueAccessToken()),
            Email = defaults.Email,
            Password = SecretText.Wrap(defaults.Password),
            Timing = new RequestTiming(options.AttemptTimeout, options.RetryTimeout, options.MaxRetries),
            TimeProvider = options.TimeProvider,
        };
        try
        {
            return await CadenzaConnection.OpenAsync(plan, skipCheck: true).Bounded().ConfigureAwait(false);
        }
        catch (ApiException)
        {
            return null;
        }
    }

    /// <summary>The system's time, a thousand times as fast: minutes of delays are over in a moment.</summary>
    private sealed class FastTimeProvider : TimeProvider
    {
        private const int Speed = 1000;
        private readonly DateTimeOffset _start = System.GetUtcNow();
        private readonly long _began = System.GetTimestamp();

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _start.AddTicks(GetTimestamp());

        public override long GetTimestamp() => System.GetElapsedTime(_began).Ticks * Speed;

        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new FastTimer(System.CreateTimer(callback, state, Scale(dueTime), Scale(period)));

        private static TimeSpan Scale(TimeSpan time) =>
            time == Timeout.InfiniteTimeSpan
                ? time
                : TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds / Speed));

        private sealed class FastTimer(ITimer inner) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(Scale(dueTime), Scale(period));

            public void Dispose() => inner.Dispose();

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
