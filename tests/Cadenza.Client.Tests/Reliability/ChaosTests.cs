using Xunit.Abstractions;

namespace Cadenza.Client.Tests.Reliability;

/// <summary>
/// The product's first promise, tried on thousands of random schedules of faults: what was reported is compared with
/// what the server knows to be true. A schedule that breaks the promise prints its seed: put it into
/// <see cref="A_schedule_that_once_broke_the_promise"/>.
/// </summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private static readonly int Schedules = ScheduleCount.Scale(6_000);

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public void What_is_reported_is_true_under_any_schedule_of_faults()
    {
        var tally = new Dictionary<string, int>(StringComparer.Ordinal);
        for (ulong seed = 1; seed <= (ulong)Schedules; seed++)
        {
            foreach (ChaosOperation operation in Run(seed))
            {
                string end =
                    operation.Kind + " " + (operation.Error is null ? "done" : operation.Error.Outcome.ToString());
                tally[end] = tally.GetValueOrDefault(end) + 1;
                if (operation.Error?.Kind == CadenzaErrorKind.SessionExpired)
                {
                    tally["Session expired"] = tally.GetValueOrDefault("Session expired") + 1;
                }
            }
        }

        foreach ((string end, int count) in tally.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{end}: {count}");
        }

        // A client that reported everything as unknown would keep the promise too: see that every kind of end was met,
        // and often.
        foreach (ChaosKind kind in Enum.GetValues<ChaosKind>())
        {
            Assert.True(tally[kind + " done"] > Schedules / 10, $"{kind} was seldom done.");
            Assert.True(tally[kind + " Unknown"] > Schedules / 100, $"{kind} never ended unknown.");
        }

        foreach (ChaosKind kind in new[] { ChaosKind.Revoke, ChaosKind.Rotate })
        {
            int known = tally[kind + " done"] + tally[kind + " Rejected"];
            Assert.True(known > 4 * tally[kind + " Unknown"], $"{kind} ended unknown too often.");
        }
    }

    [Theory]
    [InlineData(1UL)]
    public void A_schedule_that_once_broke_the_promise(ulong seed) => Run(seed);

    [Fact]
    public void A_schedule_is_a_pure_function_of_its_seed() =>
        Assert.Equal(Run(4711).Select(static o => o.ToString()), Run(4711).Select(static o => o.ToString()));

    private static IReadOnlyList<ChaosOperation> Run(ulong seed)
    {
        // Without the runner's context every continuation runs where it was caused: on this thread.
        SynchronizationContext.SetSynchronizationContext(null);
        var schedule = new ChaosSchedule(seed);
        using CadenzaClient? client = Connect(schedule);
        if (client is null)
        {
            return [];
        }

        var queue = new Queue<ChaosOperation>(schedule.Operations);
        Task[] workers =
        [
            .. Enumerable.Range(0, schedule.Concurrency).Select(_ => WorkAsync(client, queue, schedule.CredentialType)),
        ];
        Task all = Task.WhenAll(workers);
        try
        {
            schedule.Time.RunUntilEnd(all);
            all.GetAwaiter().GetResult();
            ChaosVerifier.Verify(schedule);
        }
        catch (Exception e)
        {
            string story = string.Join("\n  ", schedule.Operations);
            string rules = string.Join(
                "; ",
                schedule.Sandbox.Requests.Select(static r =>
                    $"{r.Path}={r.Status}{(r.TookEffect ? "*" : "")} {r.Fault}"));
            Assert.Fail($"Seed {seed}: {e.Message}\n  {story}\n  {rules}");
        }

        return schedule.Operations;
    }

    /// <summary>Null where the faults let no login through.</summary>
    private static CadenzaClient? Connect(ChaosSchedule schedule)
    {
        if (!schedule.UsesLogin)
        {
            return Sandboxes.Connect(schedule.Sandbox, schedule.Options);
        }

        var defaults = new SandboxOptions();
        Task<(CadenzaClient Client, SignedInUser? User)> login = CadenzaClient.LoginAsync(
            schedule.Options,
            defaults.Email,
            SecretText.Wrap(defaults.Password));
        schedule.Time.RunUntilEnd(login);
        return login.IsCompletedSuccessfully ? login.Result.Client
            : login.Exception?.InnerException is ApiException ? null
            : throw login.Exception!;
    }

    private static async Task WorkAsync(CadenzaClient client, Queue<ChaosOperation> queue, string type)
    {
        while (queue.TryDequeue(out ChaosOperation? operation))
        {
            try
            {
                await DoAsync(client, operation, type);
                operation.Reports++;
            }
            catch (ApiException e)
            {
                operation.Error = e;
                operation.Reports++;
            }
        }
    }

    private static async Task DoAsync(CadenzaClient client, ChaosOperation operation, string type)
    {
        ApiKeySet keys = TestClients.Keys(operation.Key, operation.Secret, operation.Passphrase);
        switch (operation.Kind)
        {
            case ChaosKind.List:
                await client.ListCredentialsAsync(CredentialFilter.All, operation.Rows.Add, CancellationToken.None);
                break;
            case ChaosKind.Rotate:
                operation.Changed = await client.RotateCredentialAsync(operation.Target!.CredentialId, keys);
                break;
            case ChaosKind.Revoke:
                operation.Changed = await client.RevokeCredentialAsync(operation.Target!.CredentialId);
                break;
            case ChaosKind.Create:
                operation.Changed = await client.CreateCredentialAsync(
                    new NewCredential("OKX", keys) { Nickname = operation.Nickname, CredentialType = type });
                break;
            default:
                await client.VerifyCredentialAsync(operation.Target!.CredentialId);
                break;
        }
    }
}
