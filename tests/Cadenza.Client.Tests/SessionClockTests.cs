namespace Cadenza.Client.Tests;

/// <summary>A session is renewed at the right time even if the clocks of the server and of the client differ.</summary>
public sealed class SessionClockTests
{
    private readonly FakeTimeProvider _time = TestClients.CreateTime();

    [Theory]
    [InlineData(-70)]
    [InlineData(-55)]
    [InlineData(0)]
    [InlineData(70)]
    [InlineData(60 * 24 * 400)]
    public async Task A_token_with_only_expiresAt_is_renewed_by_the_clock_of_the_server(int minutesAhead)
    {
        var sandbox = new SandboxHandler(Options(minutesAhead));
        using CadenzaClient client = await LoginAsync(sandbox);
        Assert.Equal(_time.GetUtcNow().AddHours(1), client.TokenExpiresAt);

        await CallAsync(client, 10);
        Assert.Equal(0, Renewals(sandbox));
        _time.Advance(TimeSpan.FromMinutes(54));
        await CallAsync(client, 10);
        Assert.Equal(0, Renewals(sandbox));
        _time.Advance(TimeSpan.FromMinutes(2));
        await CallAsync(client, 10);
        Assert.Equal(1, Renewals(sandbox));
        Assert.Equal(_time.GetUtcNow().AddHours(1), client.TokenExpiresAt);
    }

    [Fact]
    public async Task The_fault_ClockBehind_causes_no_renewal()
    {
        SandboxOptions options = Options();
        options.Faults = Sandboxes.Faults("auth/*:ClockBehind");
        var sandbox = new SandboxHandler(options);
        using CadenzaClient client = await LoginAsync(sandbox);

        await CallAsync(client, 10);

        Assert.Equal(0, Renewals(sandbox));
        Assert.Equal(_time.GetUtcNow().AddHours(1), client.TokenExpiresAt);
    }

    [Fact]
    public async Task A_change_of_the_servers_clock_after_the_login_causes_no_renewal()
    {
        DateTimeOffset expiresAt = _time.GetUtcNow().AddHours(1);
        await using var server = SessionServer(
            () => expiresAt,
            number => number == 1 ? _time.GetUtcNow() : _time.GetUtcNow().AddMinutes(number % 2 == 0 ? 300 : -300));
        using CadenzaClient client = await TestClients.LoginAsync(server.BaseAddress, _time);

        await CallAsync(client, 10);

        Assert.Empty(server.RequestsTo("/refresh"));
        Assert.Equal(expiresAt, client.TokenExpiresAt);
    }

    [Fact]
    public async Task A_change_of_the_local_clock_after_the_login_causes_no_renewal()
    {
        var time = new SteppedTimeProvider();
        await using var server = SessionServer(() => TimeProvider.System.GetUtcNow().AddHours(1), date: null);
        using CadenzaClient client = await TestClients.LoginAsync(server.BaseAddress, time);

        time.Step = TimeSpan.FromDays(1);
        await CallAsync(client, 10);

        Assert.Empty(server.RequestsTo("/refresh"));
    }

    [Theory]
    [InlineData(-70)]
    [InlineData(-59.9)]
    [InlineData(-1_000_000)]
    public async Task A_token_that_seems_to_have_expired_when_it_arrives_is_used_until_the_server_rejects_it(
        double minutes)
    {
        // The response has no Date header, so that the client cannot know the clock of the server.
        bool isRejected = false;
        await using var server = SessionServer(
            () => _time.GetUtcNow().AddHours(1).AddMinutes(minutes),
            date: null,
            () => isRejected);
        using CadenzaClient client = await TestClients.LoginAsync(server.BaseAddress, _time);
        Assert.Null(client.TokenExpiresAt);

        await CallAsync(client, 10);
        _time.Advance(TimeSpan.FromHours(3));
        await CallAsync(client, 10);
        Assert.Empty(server.RequestsTo("/refresh"));

        isRejected = true;
        await CallAsync(client, 1);
        isRejected = false;
        await CallAsync(client, 10);
        Assert.Single(server.RequestsTo("/refresh"));
    }

    [Fact]
    public async Task A_date_that_contradicts_the_expiry_causes_no_renewal()
    {
        await using var server = SessionServer(() => _time.GetUtcNow(), _ => _time.GetUtcNow().AddMinutes(70));
        using CadenzaClient client = await TestClients.LoginAsync(server.BaseAddress, _time);

        await CallAsync(client, 10);

        Assert.Empty(server.RequestsTo("/refresh"));
    }

    [Theory]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    public async Task A_date_at_the_end_of_the_calendar_is_harmless(string date)
    {
        await using var server = ScriptedServer.Running(request =>
            request.Path == "/api/v3/auth/login"
                ? Answers.Json(Wire.Session(), 200, "Date: " + date)
                : Answers.Json(Wire.List()));
        using CadenzaClient client = await TestClients.LoginAsync(server.BaseAddress, _time);

        _time.Advance(TimeSpan.FromMinutes(1));
        await CallAsync(client, 1);

        Assert.Single(server.RequestsTo("/list"));
    }

    [Theory]
    [InlineData(-70, -10)]
    [InlineData(70, 130)]
    [InlineData(0, 60)]
    public async Task The_expiry_of_a_JWT_is_shown_by_the_clock_of_the_client(int minutesAhead, int expiresInMinutes)
    {
        // The sandbox issues JWTs that expire after an hour, by its clock.
        var sandbox = new SandboxHandler(Options(minutesAhead));
        using CadenzaClient client = Sandboxes.Connect(sandbox, Options(sandbox));
        Assert.Equal(_time.GetUtcNow().AddMinutes(expiresInMinutes), client.TokenExpiresAt);

        await client.GetCurrentUserAsync().Bounded();

        Assert.Equal(_time.GetUtcNow().AddHours(1), client.TokenExpiresAt);
    }

    /// <summary>The system's time, with a clock that someone sets. Timestamps are not affected.</summary>
    private sealed class SteppedTimeProvider : TimeProvider
    {
        public TimeSpan Step { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;
    }

    private static int Renewals(SandboxHandler sandbox) =>
        sandbox.Requests.Count(static request => request.Path.EndsWith("/refresh", StringComparison.Ordinal));

    private static async Task CallAsync(CadenzaClient client, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Assert.Null((await ListResult.OfAsync(client)).Failure);
        }
    }

    /// <summary>Answers with only expiresAt, and with the Date of the number of the request, if there is one.</summary>
    private static ScriptedServer SessionServer(
        Func<DateTimeOffset> expiresAt,
        Func<int, DateTimeOffset>? date,
        Func<bool>? isRejected = null)
    {
        int requests = 0;
        return ScriptedServer.Running(request =>
        {
            int number = System.Threading.Interlocked.Increment(ref requests);
            string[] headers = date is null ? [] : ["Date: " + date(number).ToString("R")];
            bool isSession = request.Path is "/api/v3/auth/login" or "/api/v3/auth/token/refresh";
            bool isFailure =
                !isSession && isRejected?.Invoke() == true && request.Header("Authorization") == "Bearer access-1";
            string body =
                isFailure ? Wire.Failure(-19002, "Unauthorized")
                : !isSession ? Wire.List()
                : Wire.Session(
                    "access-" + number,
                    "refresh-" + number,
                    FormattableString.Invariant($"\"expiresAt\":{expiresAt().ToUnixTimeSeconds()}"));
            return Answers.Json(body, isFailure ? 401 : 200, headers);
        });
    }

    private SandboxOptions Options(int minutesAhead = 0) =>
        new() { TimeProvider = _time, ClockSkew = TimeSpan.FromMinutes(minutesAhead), OmitExpiresIn = true };

    private CadenzaClientOptions Options(SandboxHandler sandbox) =>
        new(sandbox.BaseAddress) { Handler = sandbox, TimeProvider = _time, MaxRetries = 0 };

    private Task<CadenzaClient> LoginAsync(SandboxHandler sandbox) => Sandboxes.LoginAsync(Options(sandbox));
}
