using Cadenza.Client;
using Cadenza.Commands.Impact;

namespace Cadenza.Commands.Tests;

/// <summary>Determines the effect of a revoke from one list of accounts, without assumptions.</summary>
public sealed class ImpactTests
{
    private const string OneMayBeActive =
        "disconnects 1 trading account ('A'); may be refused, because it may be active";

    [Theory]
    [InlineData("None", "disconnects no trading account")]
    [InlineData("Disconnects", "disconnects 1 trading account ('A')", "INACTIVE")]
    [InlineData("Disconnects", "disconnects 2 trading accounts ('A', 'B')", "new", "UNAVAILABLE")]
    [InlineData("Disconnects", "disconnects 2 trading accounts ('A', 'B')", "CREATED", "DISCONNECTED")]
    [InlineData("MayBeRefused", OneMayBeActive, "ACTIVE")]
    [InlineData(
        "MayBeRefused", "disconnects 2 trading accounts ('A', 'B'); may be refused, because 1 of them may be active",
        "INACTIVE", "ACTIVE")]
    [InlineData(
        "MayBeRefused",
        "disconnects 3 trading accounts ('A', 'B', 'C'); may be refused, because 2 of them may be active",
        "ACTIVE", "INACTIVE", "NEVER_SEEN_BEFORE")]
    [InlineData("MayBeRefused", OneMayBeActive, "NEVER_SEEN_BEFORE")]
    [InlineData("MayBeRefused", OneMayBeActive, (string?)null)]
    public void The_effect_depends_on_the_account_statuses_and_an_unknown_status_may_be_active(
        string effect, string summary, params string?[]? statuses)
    {
        IEnumerable<TradingAccount> accounts = (statuses ?? [null]).Select(
            static (status, i) => Account($"{(char)('A' + i)}", status, "x"));

        CredentialImpact impact = Source([.. accounts, Account("other", "ACTIVE", "y")]).Of("x", nickname: "desk");

        Assert.Equal((effect, summary), (impact.Effect, impact.Summary));
        Assert.Equal((statuses ?? [null]).Length, impact.TradingAccountCount);
        Assert.Contains(impact.Effect, ImpactEffect.All);
    }

    [Theory]
    [InlineData(5, "disconnects 5 trading accounts ('n1', 'n2', 'n3', 'n4', 'n5')")]
    [InlineData(6, "disconnects 6 trading accounts ('n1', 'n2', 'n3', 'n4', 'n5' and 1 more)")]
    [InlineData(1005, "disconnects 1005 trading accounts ('n1', 'n2', 'n3', 'n4', 'n5' and 1000 more)")]
    public void A_summary_names_at_most_five_accounts(int count, string summary) =>
        Assert.Equal(
            summary,
            Source(
                [.. Enumerable.Range(1, count).Select(static i => Account($"n{i}", "INACTIVE", "x"))]).Of("x").Summary);

    [Fact]
    public void Names_are_truncated_and_sanitized_and_an_account_without_a_name_has_its_id()
    {
        var nameless = new TradingAccount { TradingAccountId = "acc-1", Status = "NEW", CredentialIds = ["x"] };
        var unknown = new TradingAccount { Nickname = " ", Status = "NEW", CredentialIds = ["x"] };
        string emoji = new string('a', 38) + "\U0001F680\U0001F680";

        string summary = Source(
            Account(new string('b', 60), "NEW", "x"),
            Account("red\u001b[31m\nline", "NEW", "x"),
            nameless,
            unknown,
            Account(emoji, "NEW", "x")).Of("x").Summary;

        Assert.Equal(
            $"disconnects 5 trading accounts ('{new string('b', 39)}\u2026', 'red\uFFFD[31m\uFFFDline', "
            + "'account acc-1', "
            + $"'an account without a name', '{new string('a', 38)}\u2026')",
            summary);
    }

    [Theory]
    [InlineData("REVOKED")]
    [InlineData("revoked")]
    public void A_revoked_credential_has_the_effect_Revoked(string status)
    {
        CredentialImpact impact = Source(Account("A", "DISCONNECTED", "x")).Of("x", "OKX", "desk", status);

        Assert.Equal(("Revoked", "is already revoked", 1), (impact.Effect, impact.Summary, impact.TradingAccountCount));
    }

    [Fact]
    public void A_revocation_time_is_used_only_without_a_status()
    {
        ImpactSource source = Source();

        Assert.Equal("Revoked", EffectOf(status: null));
        Assert.Equal("None", EffectOf("ACTIVE"));

        string EffectOf(string? status) => source.Of(new CadenzaCredential
        {
            CredentialId = "x", RevokedAt = DateTimeOffset.UtcNow, Status = status,
        }).Effect;
    }

    [Fact]
    public void The_text_of_an_impact_contains_the_name_of_the_credential()
    {
        ImpactSource source = Source(
            Account("Main SPOT", "INACTIVE", "660e"), Account("Main MARGIN", "INACTIVE", "660e"));

        Assert.Equal(
            "660e (BINANCE 'desk 7'): disconnects 2 trading accounts ('Main SPOT', 'Main MARGIN')",
            source.Of("660e", "BINANCE", "desk 7").ToString());
        Assert.Equal(
            "credential none: disconnects no trading account; it was not checked whether the credential exists",
            source.Of("none").ToString());
        Assert.Equal(
            "SPOT 'Main SPOT' INACTIVE, SPOT 'Main MARGIN' INACTIVE", source.Of("660e").TradingAccounts.ToString());
    }

    [Fact]
    public void A_credential_that_was_read_exists_even_if_the_server_returns_only_its_id()
    {
        var origin = new ReadOrigin("api.example", connection: new object(), timestamp: 0);

        CredentialImpact impact = Source().Of(new CadenzaCredential { CredentialId = "x", Origin = origin });

        Assert.Equal(("disconnects no trading account", "api.example"), (impact.Summary, impact.Server));
    }

    [Fact]
    public async Task An_id_gets_the_names_from_the_account_list()
    {
        const string Row =
            """
            {"tradingAccountId":"1","nickname":"Main","status":"ACTIVE","venue":"OKX","credentials":["s",
            {"credentialId":"a","venue":"OKX_UAT","name":"desk","status":"ACTIVE"},
            {"credentialId":"b","nickname":7,"venue":{},"status":["x"]},{"nickname":"no id"},5]}
            """;
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.List(Row)));

        ImpactSource source = await LoadAsync(server);

        Assert.Equal(("OKX_UAT", "desk", "ACTIVE"), NamesOf(source.Of("a")));
        Assert.Equal(("OKX", null, null), NamesOf(source.Of("b")));
        Assert.Equal(("OKX", null, null), NamesOf(source.Of("s")));

        // The values in a file may be outdated or belong to another row.
        Assert.Equal(("OKX_UAT", "desk", "ACTIVE"), NamesOf(source.Of("a", "mine", "own", "FAILED")));
        Assert.Equal(("mine", "own", "FAILED"), NamesOf(source.Of("nobody", "mine", "own", "FAILED")));
        Assert.Equal("OKX_UAT", source.Of("a", "", "", "").Venue);
        Assert.Equal((null, null, null), NamesOf(source.Of("nobody")));
        Assert.Null(source.UnknownBecause);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(401, "Unauthorized")]
    [InlineData(403, "AccessDenied")]
    [InlineData(404, "CredentialNotFound")]
    [InlineData(429, "RateLimited")]
    [InlineData(500, "ServerError")]
    public async Task A_list_that_fails_makes_every_effect_unknown_and_is_not_requested_again(int status, string kind)
    {
        await using var server = ScriptedServer.Answering(
            Answers.Json("""{"success":false,"errno":-1,"error":"not today","data":null}""", status));

        ImpactSource source = await LoadAsync(server);
        CredentialImpact impact = source.Of("x");
        _ = source.Of("y");

        Assert.Equal(("Unknown", null), (impact.Effect, impact.TradingAccountCount));
        Assert.StartsWith("trading accounts unknown: ", impact.Summary, StringComparison.Ordinal);
        TextAssert.Contains("not today", impact.Summary);
        Assert.DoesNotMatch("[.]$", impact.Summary);
        Assert.Equal(kind, $"{source.Failure!.Kind}");
        Assert.Null(source.Accounts);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_list_with_a_gap_is_unknown_but_contains_the_known_accounts()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.List(
            """{"tradingAccountId":"1","nickname":"Main","status":"NEW","credentials":["a"]}""", "17", "18")));

        ImpactSource source = await LoadAsync(server);

        Assert.Equal(("Unknown", "Unknown"), (source.Of("a").Effect, source.Of("b").Effect));
        Assert.Null(source.Of("a").TradingAccountCount);
        TextAssert.EndsWith("; at least 1 trading account ('Main')", source.Of("a").Summary);
        TextAssert.Contains("(the first of 2 problems in the list)", source.Of("b").Summary);
        Assert.Equal("Revoked", source.Of("a", status: "REVOKED").Effect);
        Assert.Equal(2, source.Gaps.Count);
        Assert.Null(source.Failure);
    }

    [Fact]
    public void A_long_reason_is_truncated()
    {
        string summary = ImpactSource.Unknown(new string('x', 5000) + ".").Of("a").Summary;

        Assert.InRange(summary.Length, 100, 300);
        TextAssert.EndsWith("x\u2026", summary);
        Assert.Equal("trading accounts unknown: nobody asked", ImpactSource.Unknown("nobody asked.").Of("a").Summary);
    }

    [Fact]
    public async Task Cancelling_ends_the_list()
    {
        await using var server = ScriptedServer.Answering(Answers.Never);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LoadAsync(server, stop.Token));
    }

    [Theory]
    [InlineData(SandboxDialect.Guide)]
    [InlineData(SandboxDialect.EndpointPage)]
    [InlineData(SandboxDialect.OpenApi)]
    public async Task The_sandbox_rejects_only_revokes_whose_effect_is_MayBeRefused(SandboxDialect dialect)
    {
        using var sandbox = new SandboxHandler(new SandboxOptions { Dialect = dialect, CredentialCount = 200 });
        using CadenzaClient client = CadenzaClient.FromAccessToken(
            new CadenzaClientOptions(new Uri("http://localhost/")) { Handler = sandbox },
            SecretText.Wrap(sandbox.IssueAccessToken()));
        ImpactSource source = await ImpactSource.LoadAsync(client, CancellationToken.None).Bounded();
        var effects = new HashSet<string>(StringComparer.Ordinal);

        ListResult list = await ListResult.OfAsync(client);
        foreach (CadenzaCredential credential in list.Credentials)
        {
            CredentialImpact impact = source.Of(credential);
            CredentialImpact bare = source.Of(credential.CredentialId);
            effects.Add(impact.Effect);
            ApiException? refusal = await RevokeAsync(client, credential.CredentialId);

            Assert.Equal(impact.Effect == "Revoked", refusal?.Kind == CadenzaErrorKind.AlreadyRevoked);
            Assert.True(
                refusal?.Kind != CadenzaErrorKind.CredentialInUse || impact.Effect == "MayBeRefused",
                impact.ToString());
            if (impact.TradingAccountCount > 0)
            {
                Assert.Equal((credential.Venue, credential.Nickname, credential.Status), NamesOf(bare));
            }
        }

        Assert.Equal(["Disconnects", "MayBeRefused", "None", "Revoked"], effects.Order(StringComparer.Ordinal));
    }

    private static async Task<ImpactSource> LoadAsync(
        ScriptedServer server, CancellationToken cancellationToken = default)
    {
        using CadenzaClient client = TestClients.Create(server);
        return await ImpactSource.LoadAsync(client, cancellationToken).Bounded();
    }

    private static ImpactSource Source(params TradingAccount[] accounts) =>
        ImpactSource.From(new TradingAccountList(accounts, []));

    private static TradingAccount Account(string nickname, string? status, string credentialId) => new()
    {
        Nickname = nickname, Status = status, AccountType = "SPOT", CredentialIds = [credentialId, credentialId],
    };

    private static (string? Venue, string? Nickname, string? Status) NamesOf(CredentialImpact impact) =>
        (impact.Venue, impact.Nickname, impact.Status);

    private static async Task<ApiException?> RevokeAsync(CadenzaClient client, string id) =>
        await Record.ExceptionAsync(() => client.RevokeCredentialAsync(id)) as ApiException;
}
