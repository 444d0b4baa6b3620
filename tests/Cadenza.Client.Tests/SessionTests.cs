namespace Cadenza.Client.Tests;

/// <summary>
/// A login keeps its session alive: renewed before it ends and once when refused, by one caller at a time.
/// </summary>
public sealed class SessionTests
{
    private static readonly TimeSpan FourMinutesLeft = TimeSpan.FromMinutes(56);

    [Fact]
    public async Task The_token_is_sent_with_every_call_but_login_and_refresh()
    {
        await using var server = ScriptedServer.Running(static request =>
            request.Path switch
            {
                "/api/v3/auth/login" => Answers.Json(Wire.Session()),
                "/api/v3/auth/token/refresh" => Answers.Json(Wire.Session("access-2", "refresh-2")),
                "/api/v3/auth/user" => Answers.Json(Wire.Item("""{"id":"u1","email":"ops@example.com"}""")),
                "/api/v3/auth/logout" => Answers.Json(Wire.Item("\"Logged out\"")),
                "/api/v3/credential/list" => Answers.Json(Wire.List()),
                "/api/v3/credential/revoke" => Answers.Json(Wire.Item(Wire.Credential("a", "REVOKED"))),
                _ => Answers.Json(Wire.Item(Wire.Credential("a"))),
            });
        var clock = TestClients.CreateTime();
        using CadenzaClient client = await TestClients.LoginAsync(server.BaseAddress, clock);

        await ListResult.OfAsync(client);
        await client.RotateCredentialAsync("a", TestClients.Keys()).Bounded();
        clock.Advance(FourMinutesLeft);
        await client.RevokeCredentialAsync("a").Bounded();
        await client.GetCurrentUserAsync().Bounded();
        await client.LogoutAsync().Bounded();

        Assert.Equal(
            [
                ("POST", "/api/v3/auth/login", null),
                ("GET", "/api/v3/credential/list", "Bearer access-1"),
                ("POST", "/api/v3/credential/rotate", "Bearer access-1"),
                ("POST", "/api/v3/auth/token/refresh", null),
                ("POST", "/api/v3/credential/revoke", "Bearer access-2"),
                ("GET", "/api/v3/auth/user", "Bearer access-2"),
                ("POST", "/api/v3/auth/logout", "Bearer access-2"),
            ],
            server.Requests.Select(static request => (request.Method, request.Path, request.Header("Authorization"))));
        Assert.Equal("""{"email":"ops@example.com","password":"a password"}""", server.Requests[0].Text);
    }

    [Theory]
    [InlineData("\"expiresIn\":3600", 54.9, 0)]
    [InlineData("\"expiresIn\":3600", 55, 1)]
    [InlineData("\"expiresIn\":3600,\"expiresAt\":1", 54.9, 0)]
    [InlineData("\"expiresAt\":1772370000", 54.9, 0)]
    [InlineData("\"expiresAt\":1772370000", 55, 1)]
    [InlineData("\"expiresAt\":1772370000000", 54.9, 0)]
    [InlineData("\"expiresAt\":1772370000000", 55, 1)]
    [InlineData("\"expiresAt\":\"1772370000\"", 55, 1)]
    [InlineData("\"expiresIn\":0,\"expiresAt\":1772370000", 54.9, 0)]
    [InlineData("\"expiresIn\":120", 0.9, 0)]
    [InlineData("\"expiresIn\":120", 1, 1)]
    [InlineData("\"x\":1", 100_000, 0)]
    public async Task The_token_is_renewed_five_minutes_before_its_end(string expiry, double minutesLater, int renewals)
    {
        await using var server = SessionServer(expiry);
        var clock = TestClients.CreateTime();
        using CadenzaClient client = await TestClients.LoginAsync(server.BaseAddress, clock);

        clock.Advance(TimeSpan.FromMinutes(minutesLater));
        await ListResult.OfAsync(client);

        Assert.Equal(renewals, server.RequestsTo("/refresh").Count);
    }

    [Fact]
    public async Task The_new_refresh_token_is_used_the_next_time()
    {
        await using var server = SessionServer("\"expiresIn\":3600");
        var clock = TestClients.CreateTime();
        using CadenzaClient client = await TestClients.LoginAsync(server.BaseAddress, clock);

        for (int i = 0; i < 3; i++)
        {
            clock.Advance(FourMinutesLeft);
            await ListResult.OfAsync(client);
        }

        Assert.Equal(
            [
                """{"refreshToken":"refresh-1"}""",
                """{"refreshToken":"refresh-2"}""",
                """{"refreshToken":"refresh-3"}""",
            ],
            server.RequestsTo("/refresh").Select(static request => request.Text));
        Assert.Equal("Bearer access-4", server.Requests[^1].Header("Authorization"));
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once_and_the_call_is_sent_again()
    {
        await using var server = SessionServer("\"expiresIn\":3600", static token => token == "Bearer access-1");
        using CadenzaClient client = await TestClients.LoginAsync(server.BaseAddress, TestClients.CreateTime());

        ListResult result = await ListResult.OfAsync(client);

        Assert.Null(result.Failure);
        Assert.Equal(2, server.RequestsTo("/list").Count);
        Assert.Single(server.RequestsTo("/refresh"));
    }

    [Fact]
    public async Task A_token_refused_again_after_its_renewal_ends_the_call()
    {
        await using var server = SessionServer("\"expiresIn\":3600", static _ => true);
        using CadenzaClient client = await TestClients.LoginAsync(server.BaseAddress, TestClients.CreateTime());

        ListResult result = await ListResult.OfAsync(client);

        Assert.Equal(
            (CadenzaErrorKind.Unauthorized, RequestOutcome.Rejected),
            (result.Failure?.Kind, result.Failure?.Outcome));
        Assert.Equal(2, server.RequestsTo("/list").Count);
        Assert.Single(server.RequestsTo("/refresh"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sixteen_callers_at_once_renew_it_once(bool isRefused)
    {
        await using var server = SessionServer("\"expiresIn\":3600", token => isRefused && token == "Bearer access-1");
        var clock = TestClients.CreateTime();
        using CadenzaClient client = await TestClients.LoginAsync(server.BaseAddress, clock);
        clock.Advance(isRefused ? TimeSpan.Zero : FourMinutesLeft);

        ListResult[] results = await Task.WhenAll(
                Enumerable.Range(0, 16).Select(_ => Task.Run(() => ListResult.OfAsync(client))))
            .Bounded();

        Assert.All(results, static result => Assert.Null(result.Failure));
        Assert.Single(server.RequestsTo("/refresh"));
    }

    [Theory]
    [InlineData("expired", 401)]
    [InlineData("html", 502)]
    [InlineData("reset", null)]
    public async Task A_failed_renewal_ends_the_session_and_is_never_repeated(string how, int? status)
    {
        Answer answer = how switch
        {
            "expired" => Answers.Json(Wire.Failure(-100003, "Invalid refresh token"), 401),
            "html" => Answers.Html(),
            _ => Answers.Reset,
        };
        await using var server = SessionServer(answer);
        var clock = TestClients.CreateTime();
        using CadenzaClient client = await TestClients.LoginAsync(server.BaseAddress, clock);
        clock.Advance(TimeSpan.FromHours(2));

        for (int i = 0; i < 3; i++)
        {
            ApiException error = await client.RevokeCredentialAsync("a")
                .FailsAsync(CadenzaErrorKind.SessionExpired, RequestOutcome.NotSent);
            Assert.Equal(i == 0 ? status : null, error.HttpStatus);
        }

        Assert.Single(server.RequestsTo("/refresh"));
        Assert.Empty(server.RequestsTo("/revoke"));
    }

    [Fact]
    public async Task A_renewal_that_fails_early_lets_the_token_be_used_to_its_end()
    {
        await using var server = SessionServer(Answers.Html());
        var clock = TestClients.CreateTime();
        using CadenzaClient client = await TestClients.LoginAsync(server.BaseAddress, clock);
        clock.Advance(FourMinutesLeft);

        Assert.Null((await ListResult.OfAsync(client)).Failure);
        Assert.Null((await ListResult.OfAsync(client)).Failure);
        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(CadenzaErrorKind.SessionExpired, (await ListResult.OfAsync(client)).Failure?.Kind);

        Assert.Single(server.RequestsTo("/refresh"));
        Assert.Equal(
            ["Bearer access-1", "Bearer access-1"],
            server.RequestsTo("/list").Select(static request => request.Header("Authorization")));
    }

    [Fact]
    public async Task A_401_about_the_exchanges_key_is_no_reason_to_renew()
    {
        await using var server = ScriptedServer.Running(static request =>
            request.Path == "/api/v3/auth/login"
                ? Answers.Json(Wire.Session())
                : Answers.Json(Wire.Failure(-18022, "Invalid API key"), 401));
        using CadenzaClient client = await TestClients.LoginAsync(server.BaseAddress, TestClients.CreateTime());

        ApiException error = await client.RotateCredentialAsync("a", TestClients.Keys()).FailsAsync();

        Assert.Equal(CadenzaErrorKind.InvalidApiKey, error.Kind);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_token_that_was_handed_over_is_never_renewed()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Failure(-19002), 401));

        Assert.Equal(CadenzaErrorKind.Unauthorized, (await ListResult.OfAsync(server.Client)).Failure?.Kind);

        Assert.Single(server.Requests);
        Assert.Equal("Bearer " + TestClients.Token, server.Requests[0].Header("Authorization"));
    }

    /// <summary>Answers every refresh like this.</summary>
    private static ScriptedServer SessionServer(Answer refresh) =>
        ScriptedServer.Running(request =>
            request.Path switch
            {
                "/api/v3/auth/login" => Answers.Json(Wire.Session()),
                "/api/v3/auth/token/refresh" => refresh,
                _ => Answers.Json(Wire.List()),
            });

    /// <summary>Counts sessions up; refuses the tokens that it is told to.</summary>
    private static ScriptedServer SessionServer(string expiry, Func<string?, bool>? refuses = null)
    {
        int sessions = 0;
        return ScriptedServer.Running(request =>
        {
            if (request.Path is "/api/v3/auth/login" or "/api/v3/auth/token/refresh")
            {
                int number = Interlocked.Increment(ref sessions);
                return Answers.Json(Wire.Session($"access-{number}", $"refresh-{number}", expiry));
            }

            return refuses?.Invoke(request.Header("Authorization")) == true
                ? Answers.Json(Wire.Failure(-19002, "Unauthorized"), 401)
                : Answers.Json(Wire.List());
        });
    }
}
