namespace Cadenza.Client.Tests;

/// <summary>Every attempt is recorded, also without an observer, and memory is bounded.</summary>
public sealed class RequestLogTests
{
    private readonly RequestLog _log = new();
    private readonly SkippingTimeProvider _time = new();

    [Fact]
    public async Task An_attempt_has_its_time_path_status_and_request_id_without_an_observer()
    {
        FakeTimeProvider time = TestClients.CreateTime();
        DateTimeOffset began = time.GetUtcNow();
        SandboxHandler sandbox = Sandboxes.Create(time);
        var slow = new SlowHandler(sandbox, time);
        using CadenzaClient client = Sandboxes.Connect(
            sandbox,
            new CadenzaClientOptions(sandbox.BaseAddress) { Handler = slow, TimeProvider = time, RequestLog = _log });

        await client.GetCurrentUserAsync().Bounded();

        CadenzaRequest request = Assert.Single(_log.List());
        Assert.Equal(
            ("GET", "/api/v3/auth/user", 200, 1, null, began),
            (request.Method, request.Path, request.Status, request.Attempt, request.Error, request.Time));
        Assert.Equal(client.Server, request.Server);
        Assert.Equal(250, request.Milliseconds);
        Assert.NotNull(request.RequestId);
    }

    [Fact]
    public async Task Each_attempt_is_recorded_with_what_failed()
    {
        using CadenzaClient client = Connect(
            "auth/user:ResetBefore:times=1", "auth/user:ServiceUnavailableJson:skip=1,times=1");

        await client.GetCurrentUserAsync().Bounded();

        Assert.Equal(
            [(1, null, "ConnectionFailed"), (2, 503, "ServiceUnavailable"), (3, 200, null)],
            _log.List().Select(static request => (request.Attempt, request.Status, request.Error)));
    }

    [Fact]
    public async Task A_body_that_is_lost_after_the_headers_is_a_failure()
    {
        using CadenzaClient client = Connect("auth/user:TruncatedBody:times=1");

        await client.GetCurrentUserAsync().Bounded();

        CadenzaRequest lost = _log.List()[0];
        Assert.Equal(200, lost.Status);
        Assert.NotNull(lost.Error);
    }

    [Fact]
    public async Task An_attempt_that_the_caller_cancels_is_recorded_as_canceled()
    {
        var received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Running(_ =>
        {
            received.SetResult();
            return Answers.Never;
        });
        using var client = CadenzaClient.FromAccessToken(
            new CadenzaClientOptions(server.BaseAddress) { RequestLog = _log }, SecretText.Wrap("token"));
        using var stop = new CancellationTokenSource();

        Task<SignedInUser> call = client.GetCurrentUserAsync(stop.Token);
        await received.Task.Bounded();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Bounded());
        CadenzaRequest request = Assert.Single(_log.List());
        Assert.Equal((null, "Canceled"), (request.Status, request.Error));
    }

    [Fact]
    public async Task A_list_that_ends_early_has_not_failed()
    {
        using CadenzaClient client = Connect();

        await client.ListCredentialsAsync(new CredentialFilter { First = 1 }, static _ => { }).Bounded();

        Assert.Null(Assert.Single(_log.List()).Error);
    }

    [Fact]
    public async Task A_token_in_the_query_is_redacted()
    {
        SandboxHandler sandbox = Sandboxes.Create(_time);
        string token = sandbox.IssueAccessToken();
        using CadenzaClient client = Connect(sandbox, token);

        await client.ListCredentialsAsync(
            new CredentialFilter { CredentialIds = [token.Substring(0, 200)] }, static _ => { }).Bounded();

        Assert.All(
            _log.List(),
            request => Assert.DoesNotContain(token.Substring(0, 20), request.Path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void The_last_attempts_are_kept_in_their_order(int added)
    {
        var log = new RequestLog(capacity: 3);
        for (int i = 1; i <= added; i++)
        {
            log.Add(new CadenzaRequest("GET", $"/{i}", "server"));
        }

        string[] expected = [.. Enumerable.Range(1, added).TakeLast(3).Select(static i => $"/{i}")];
        Assert.Equal(expected, log.List().Select(static request => request.Path));
        Assert.Equal(expected.TakeLast(2), log.List(last: 2).Select(static request => request.Path));
        Assert.Equal(expected, log.List(last: 100).Select(static request => request.Path));

        log.Clear();
        Assert.Empty(log.List());
    }

    private CadenzaClient Connect(params string[] faults)
    {
        SandboxHandler sandbox = Sandboxes.Create(_time, faults);
        return Connect(sandbox, sandbox.IssueAccessToken());
    }

    private CadenzaClient Connect(SandboxHandler sandbox, string token) => CadenzaClient.FromAccessToken(
        new CadenzaClientOptions(sandbox.BaseAddress) { Handler = sandbox, TimeProvider = _time, RequestLog = _log },
        SecretText.Wrap(token));

    /// <summary>Each request takes 250 ms of the virtual time.</summary>
    private sealed class SlowHandler(HttpMessageHandler inner, FakeTimeProvider time) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            time.Advance(TimeSpan.FromMilliseconds(250));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
