using System.Security;

namespace Cadenza.Client.Tests;

/// <summary>A token that has expired is replaced by the caller, on the thread of the command.</summary>
public sealed class CallbackTokenTests : IDisposable
{
    private readonly FakeTimeProvider _time = TestClients.CreateTime();
    private readonly Command _command = new();
    private readonly Queue<string?> _next = new();
    private CadenzaClient? _client;
    private int _reads;

    [Fact]
    public async Task A_token_that_is_valid_is_used_without_a_question()
    {
        Connect();
        await CallAsync();
        _time.Advance(TimeSpan.FromMinutes(59));
        await CallAsync();

        Assert.Equal(0, _reads);
    }

    [Fact]
    public async Task A_token_that_has_expired_is_replaced_before_the_next_request()
    {
        SandboxHandler sandbox = Connect();
        DateTimeOffset? before = _client!.TokenExpiresAt;
        _time.Advance(TimeSpan.FromHours(1));
        _next.Enqueue(sandbox.IssueAccessToken());

        await CallAsync();

        Assert.Equal(1, _reads);
        Assert.Equal(1, _command.Runs);
        Assert.Equal(before + TimeSpan.FromHours(1), _client.TokenExpiresAt);
        Assert.Equal([200], sandbox.Requests.Select(static request => request.Status));
    }

    [Fact]
    public async Task A_token_that_the_server_rejects_is_replaced_once_per_call()
    {
        SandboxHandler sandbox = Connect("auth/user:Unauthorized:times=1");
        _next.Enqueue(sandbox.IssueAccessToken());

        await CallAsync();

        Assert.Equal(1, _reads);
        Assert.Equal([401, 200], sandbox.Requests.Select(static request => request.Status));
    }

    [Fact]
    public async Task A_new_token_that_the_server_also_rejects_is_one_error()
    {
        SandboxHandler sandbox = Connect("auth/user:Unauthorized");
        _next.Enqueue(sandbox.IssueAccessToken());

        ApiException error = await CallAsync().FailsAsync();

        Assert.Equal(CadenzaErrorKind.Unauthorized, error.Kind);
        Assert.Equal(1, _reads);
    }

    [Theory]
    [InlineData(null, "no token today")]
    [InlineData("expired", "so has the one that replaces it")]
    public async Task Without_another_token_nothing_is_sent(string? next, string expected)
    {
        SandboxHandler sandbox = Connect();
        _next.Enqueue(next is null ? null : sandbox.IssueAccessToken());
        _time.Advance(TimeSpan.FromHours(1));

        ApiException error = await CallAsync().FailsAsync(CadenzaErrorKind.Unauthorized, RequestOutcome.NotSent);

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Empty(sandbox.Requests);
    }

    [Fact]
    public async Task Calls_at_the_same_time_ask_once()
    {
        SandboxHandler sandbox = Connect();
        _time.Advance(TimeSpan.FromHours(1));
        _next.Enqueue(sandbox.IssueAccessToken());

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CallAsync()));

        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task Without_a_command_the_error_says_so()
    {
        Connect();
        _time.Advance(TimeSpan.FromHours(1));

        ApiException error = await _client!.GetCurrentUserAsync().FailsAsync();

        Assert.Contains("only while a command runs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_of_a_brought_token_that_has_expired_says_when()
    {
        SandboxHandler sandbox = Sandboxes.Create(_time);
        DateTimeOffset end = _time.GetUtcNow() + TimeSpan.FromHours(1);
        using CadenzaClient client = Sandboxes.Connect(sandbox, Options(sandbox));
        _time.Advance(TimeSpan.FromHours(2));

        ApiException error = await client.GetCurrentUserAsync().FailsAsync();

        string time = end.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        Assert.Contains($"The access token expired at {time}Z.", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _client?.Dispose();

    private SandboxHandler Connect(params string[] faults)
    {
        SandboxHandler sandbox = Sandboxes.Create(_time, faults);
        _client = CadenzaClient.FromAccessToken(
            Options(sandbox), SecretText.Wrap(sandbox.IssueAccessToken()), ReadToken);
        return sandbox;
    }

    private CadenzaClientOptions Options(SandboxHandler sandbox) =>
        new(sandbox.BaseAddress) { Handler = sandbox, TimeProvider = _time, MaxRetries = 0 };

    private Task<SignedInUser> CallAsync() => _client!.ObservedBy(_command).GetCurrentUserAsync().Bounded();

    private (SecureString? Token, string? Fault) ReadToken()
    {
        _reads++;
        return _next.Dequeue() is string text ? (SecretText.Wrap(text), null) : (null, "There is no token today.");
    }

    /// <summary>A command whose thread is that of the caller.</summary>
    private sealed class Command : QuietObserver, ICallerThread
    {
        public int Runs { get; private set; }

        public Task<T> RunAsync<T>(Func<T> function, CancellationToken cancellationToken)
        {
            Runs++;
            return Task.FromResult(function());
        }
    }
}
