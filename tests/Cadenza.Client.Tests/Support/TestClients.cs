namespace Cadenza.Client.Tests.Support;

/// <summary>Clients as the tests want them, made in one place.</summary>
internal static class TestClients
{
    public const string Token = "test-access-token";

    public static readonly TimeSpan ShortTimeout = TimeSpan.FromSeconds(1);

    /// <summary>
    /// One attempt a call, unless told otherwise: what is asked of these clients is what one answer means.
    /// </summary>
    public static CadenzaClientOptions Options(
        Uri address,
        TimeSpan? timeout = null,
        TimeProvider? timeProvider = null,
        int retries = 0) =>
        new(address)
        {
            AttemptTimeout = timeout ?? Bound.Time,
            TimeProvider = timeProvider ?? new SkippingTimeProvider(),
            MaxRetries = retries,
        };

    /// <summary>A time that only the test moves. The timeouts of attempts do not end.</summary>
    public static FakeTimeProvider CreateTime() => new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public static CadenzaClient Create(Uri address, TimeSpan? timeout = null, string token = Token, int retries = 0) =>
        CadenzaClient.FromAccessToken(Options(address, timeout, retries: retries), SecretText.Wrap(token));

    public static CadenzaClient Create(
        ScriptedServer server, TimeSpan? timeout = null, string token = Token, int retries = 0) =>
        Create(server.BaseAddress, timeout, token, retries);

    /// <summary>A client whose requests go to this handler.</summary>
    public static CadenzaClient Create(HttpMessageHandler handler, string token = Token) =>
        CadenzaClient.FromAccessToken(
            new CadenzaClientOptions(new Uri("https://cadenza.invalid/")) { Handler = handler, MaxRetries = 0 },
            SecretText.Wrap(token));

    public static CadenzaClient Create(SandboxServer.SandboxHost host) =>
        Create(host.BaseAddress, token: host.Sandbox.IssueAccessToken());

    public static async Task<CadenzaClient> LoginAsync(
        Uri address,
        TimeProvider timeProvider,
        string email = "ops@example.com",
        string password = "a password") =>
        (
            await CadenzaClient
                .LoginAsync(Options(address, timeProvider: timeProvider), email, SecretText.Wrap(password))
                .Bounded()).Client;

    public static ApiKeySet Keys(
        string key = "new-api-key",
        string secret = "new-api-secret",
        string? passphrase = null
    ) => new(SecretText.Wrap(key), SecretText.Wrap(secret), passphrase is null ? null : SecretText.Wrap(passphrase));
}
