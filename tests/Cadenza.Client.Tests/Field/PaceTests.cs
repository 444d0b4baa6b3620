namespace Cadenza.Client.Tests.Field;

/// <summary>Requests are spread over the time, as the user asks or as the server reports.</summary>
public sealed class PaceTests
{
    [Fact]
    public async Task Requests_that_start_together_are_sent_one_after_the_other()
    {
        FakeTimeProvider time = TestClients.CreateTime();
        using SandboxHandler sandbox = Sandboxes.Create(time);
        using CadenzaClient client = CreateClient(sandbox, time, maxPerMinute: 60);

        Task<SignedInUser>[] calls = [.. Enumerable.Range(0, 5).Select(_ => client.GetCurrentUserAsync())];

        for (int sent = 1; sent <= 5; sent++)
        {
            await WaitForAsync(() => sandbox.RequestCount == sent);
            time.Advance(TimeSpan.FromSeconds(0.999));
            Assert.Equal(sent, sandbox.RequestCount);
            time.Advance(TimeSpan.FromSeconds(0.001));
        }

        await Task.WhenAll(calls).Bounded();
    }

    /// <summary>A hundred changes at one per minute take longer than the timeout of a call.</summary>
    [Fact]
    public async Task The_wait_is_not_part_of_the_timeout_of_a_call()
    {
        using var server = new FieldServer();
        CadenzaClient client = server.Root.ObservedBy(server, maxPerMinute: 1);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.GetCurrentUserAsync())).Bounded();

        Assert.Equal(10, server.Sandbox.RequestCount);
        Assert.Equal(Messages.Paced, Assert.Single(server.Notices));
    }

    [Fact]
    public async Task A_change_that_is_canceled_before_its_turn_was_not_sent()
    {
        FakeTimeProvider time = TestClients.CreateTime();
        using SandboxHandler sandbox = Sandboxes.Create(time);
        using CadenzaClient client = CreateClient(sandbox, time, maxPerMinute: 1);
        await client.GetCurrentUserAsync().Bounded();
        using var stop = new CancellationTokenSource();
        string id = sandbox.GetState().Credentials[0].CredentialId;
        var request = new RevokeRequest(new CredentialReference(id));
        Task<ApiResult<CadenzaCredential>> first = client.ExecuteAsync(request, cancellationToken: stop.Token);
        Task<ApiResult<CadenzaCredential>> second = client.ExecuteAsync(request, cancellationToken: stop.Token);

        await stop.CancelAsync();

        foreach (Task<ApiResult<CadenzaCredential>> call in new[] { first, second })
        {
            RequestCanceledException canceled =
                await Assert.ThrowsAsync<RequestCanceledException>(() => call.Bounded());
            Assert.Equal(0, canceled.Attempts);
        }

        Assert.Equal(1, sandbox.RequestCount);

        // The canceled requests did not use up turns.
        Task<SignedInUser> third = client.GetCurrentUserAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        await third.Bounded();
    }

    /// <summary>Without the headers, the same requests are answered with the status 429.</summary>
    [Theory]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    [InlineData("None", true)]
    [InlineData("RateLimit", false)]
    [InlineData("RateLimitFields", false)]
    [InlineData("XSeconds", false)]
    [InlineData("XUnixSeconds", false)]
    [InlineData("XUnixMilliseconds", false)]
    public async Task A_limit_that_the_server_reports_is_not_exceeded(string headers, bool isExceeded)
    {
        FakeTimeProvider time = TestClients.CreateTime();
        using SandboxHandler sandbox = Sandboxes.Create(time, $"*:RequestLimit:size=10,per=5s,headers={headers}");
        using CadenzaClient client = CreateClient(sandbox, time);
        await client.GetCurrentUserAsync().Bounded();

        Task all = Task.WhenAll(Enumerable.Range(0, 16).Select(_ => CallAsync(client, calls: 3)));
        using var limit = new CancellationTokenSource(Bound.Time);
        while (!all.IsCompleted)
        {
            // On a busy machine, time must not pass faster than the requests that are to exceed the limit are sent.
            if (!isExceeded || sandbox.Requests.Any(static request => request.Status == 429))
            {
                time.Advance(TimeSpan.FromMilliseconds(200));
            }

            await Task.Delay(1, limit.Token);
        }

        Assert.Equal(isExceeded, sandbox.Requests.Any(static request => request.Status == 429));
        Assert.True(isExceeded || all.IsCompletedSuccessfully, all.Exception?.Message);
        Assert.InRange(time.GetUtcNow() - time.Start, TimeSpan.FromSeconds(isExceeded ? 0 : 15), TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task The_reason_for_waiting_is_reported_once()
    {
        using var server = new FieldServer("*:RequestLimit:size=3,per=60s");

        await CallAsync(server.Client, calls: 9);

        Assert.Collection(
            server.Notices,
            static notice => Assert.Equal(
                "The server accepts 1 more request in the next 60 s. Requests are spread over this time.", notice),
            static notice => Assert.StartsWith(
                "The server accepts no more requests for the next 5", notice, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reset_after_the_timeout_of_a_call_ends_the_calls_before_it()
    {
        using var server = new FieldServer("*:RequestLimit:size=1,per=10min");
        await server.Client.GetCurrentUserAsync().Bounded();

        ApiException error = await server.RevokeAsync()
            .FailsAsync(CadenzaErrorKind.RateLimited, RequestOutcome.NotSent);
        server.Time.Advance(TimeSpan.FromMinutes(10));
        await server.RevokeAsync();

        Assert.Equal(Messages.RateLimited(600), error.Message);
        Assert.Equal(2, server.Sandbox.RequestCount);
    }

    /// <summary>A server usually limits sign-ins by themselves: only one in 15 minutes, for example.</summary>
    [Fact]
    public async Task The_limit_of_sign_ins_does_not_hold_other_requests()
    {
        FakeTimeProvider time = TestClients.CreateTime();
        using SandboxHandler sandbox = Sandboxes.Create(time, "auth/login:RequestLimit:size=1,per=15min");
        using CadenzaClient client = await Sandboxes.LoginAsync(Sandboxes.ClientOptions(sandbox, time));
        await CallAsync(client, calls: 2);

        Assert.Equal(3, sandbox.RequestCount);
    }

    private static async Task CallAsync(CadenzaClient client, int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            await client.GetCurrentUserAsync().Bounded();
        }
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Bound.Time);
        while (!condition())
        {
            await Task.Delay(1, limit.Token);
        }
    }

    private static CadenzaClient CreateClient(SandboxHandler sandbox, TimeProvider time, int? maxPerMinute = null) =>
        Sandboxes.Connect(
            sandbox,
            new CadenzaClientOptions(sandbox.BaseAddress)
            {
                Handler = sandbox, TimeProvider = time, MaxRequestsPerMinute = maxPerMinute,
            });
}
