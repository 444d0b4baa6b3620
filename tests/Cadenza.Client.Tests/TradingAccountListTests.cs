using Cadenza.SandboxServer;

namespace Cadenza.Client.Tests;

/// <summary>Every trading account is listed once, and an element that cannot be read is always reported.</summary>
public sealed class TradingAccountListTests
{
    [Fact]
    public async Task An_account_is_read_with_the_credentials_that_it_uses_in_either_form()
    {
        TradingAccountList list = await ListAsync(
            Answers.Json(
                Wire.List(
                    """{"tradingAccountId":"t1","venue":"OKX","nickname":"main","accountType":"SPOT","status":"ACTIVE","x":[{}],"credentials":[{"credentialId":"a","y":[1]},{"venue":"OKX"},{"credentialId":null}]}""",
                    """{"tradingAccountId":"t2","credentials":["b","",null,7,["c"],"A"]}""",
                    """{"tradingAccountId":"t3","credentials":null}""",
                    """{"tradingAccountId":"t4"}""")));

        Assert.Equal(["t1", "t2", "t3", "t4"], list.Accounts.Select(static a => a.TradingAccountId));
        TradingAccount first = list.Accounts[0];
        Assert.Equal(("OKX", "main", "SPOT", "ACTIVE"), (first.Venue, first.Nickname, first.AccountType, first.Status));
        Assert.Equal([["a"], ["b", "A"], [], []], list.Accounts.Select(static a => a.CredentialIds));
        Assert.Empty(list.Gaps);
    }

    [Fact]
    public async Task Who_uses_a_credential_is_found_once()
    {
        TradingAccountList list = await ListAsync(
            Answers.Json(Wire.List(Account("t1", "Key-A", "Key-A"), Account("t2", "KEY-A", "b"), Account("t3", "b"))));

        Assert.Equal(["t1"], list.UsersOf("Key-A").Select(static a => a.TradingAccountId));
        Assert.Equal(["t2"], list.UsersOf("KEY-A").Select(static a => a.TradingAccountId));
        Assert.Equal(["t2", "t3"], list.UsersOf("b").Select(static a => a.TradingAccountId));
        Assert.Empty(list.UsersOf("B"));
        Assert.Empty(list.UsersOf("c"));
    }

    [Theory]
    [InlineData(
        """{"offset":0,"limit":2,"total":5}""",
        """{"offset":1,"limit":3,"total":5}""",
        """{"offset":3,"limit":3,"total":5}""",
        "offset=1",
        "offset=3")]
    [InlineData(
        """{"hasNext":true,"limit":2}""",
        """{"hasNext":true,"limit":2}""",
        """{"hasNext":false}""",
        "offset=1",
        "offset=3")]
    [InlineData(
        """{"cursor":"c1","hasNext":true}""",
        """{"cursor":"c2","hasNext":true}""",
        """{"hasNext":false}""",
        "cursor=c1",
        "cursor=c2")]
    public async Task All_pages_are_asked_for(
        string first,
        string second,
        string third,
        string askedSecond,
        string askedThird)
    {
        // Pages by offset begin with the last element of the page before them.
        string[] overlap = askedSecond.StartsWith("offset", StringComparison.Ordinal) ? ["t2"] : [];
        string[] overlap2 = overlap.Length > 0 ? ["t4"] : [];
        await using var server = ScriptedServer.Answering(
            Page(first, "t1", "t2"),
            Page(second, [.. overlap, "t3", "t4"]),
            Page(third, [.. overlap2, "t5"]));

        TradingAccountList list = await server.Client.ListTradingAccountsAsync().Bounded();

        Assert.Equal(["t1", "t2", "t3", "t4", "t5"], list.Accounts.Select(static a => a.TradingAccountId));
        Assert.Empty(list.Gaps);
        Assert.All(
            server.Requests,
            static request => Assert.Equal(("GET", "/api/v3/tradingAccount/list"), (request.Method, request.Path)));
        Assert.DoesNotContain('?', server.Requests[0].Target);
        Assert.Contains(askedSecond, server.Requests[1].Target, StringComparison.Ordinal);
        Assert.Contains(askedThird, server.Requests[2].Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_comes_again_ends_the_list_with_a_gap_and_no_account_twice()
    {
        TradingAccountList list = await ListAsync(Page("""{"hasNext":true}""", "t1", "t2"));

        Assert.Equal(["t1", "t2"], list.Accounts.Select(static a => a.TradingAccountId));
        Assert.Equal(
            "The server reports more trading accounts but sends no new ones. The list may be incomplete.",
            Assert.Single(list.Gaps));
    }

    [Fact]
    public async Task Accounts_without_an_id_are_told_apart_by_what_they_say()
    {
        const string Nameless = """{"venue":"OKX","status":"NEW","credentials":["a"]}""";
        TradingAccountList list = await ListAsync(
            Answers.Json(Wire.List(Nameless, """{"venue":"OKX","status":"NEW","credentials":["b"]}""", Nameless)));

        Assert.Equal(["a", "b"], list.Accounts.SelectMany(static a => a.CredentialIds));
    }

    [Theory]
    [InlineData("7", "it is a number, not an object")]
    [InlineData("null", "it is null, not an object")]
    [InlineData("""{"tradingAccountId":7}""", "tradingAccountId is a number, not a string")]
    [InlineData("""{"tradingAccountId":"x","status":[]}""", "status is an array, not a string")]
    [InlineData(
        """{"tradingAccountId":"x","credentials":[{"credentialId":7}]}""",
        "credentialId is a number, not a string")]
    [InlineData("""{"tradingAccountId":"x\ud800"}""", "tradingAccountId is not valid Unicode")]
    [InlineData("""{"tradingAccountId":"x","credentials":"a"}""", null)]
    [InlineData("""{"tradingAccountId":"x","credentials":{"credentialId":"a"}}""", null)]
    public async Task An_element_that_cannot_be_read_is_a_gap_and_the_others_come(string element, string? reason)
    {
        TradingAccountList list = await ListAsync(
            Answers.Json(Wire.List(Account("t1", "a"), element, Account("t2", "a"))));

        Assert.Equal(["t1", "t2"], list.UsersOf("a").Select(static a => a.TradingAccountId));
        if (reason is not null)
        {
            Assert.Equal($"Element 2 of the list cannot be read: {reason}.", Assert.Single(list.Gaps));
        }
        else
        {
            Assert.Equal(3, list.Accounts.Count);
        }
    }

    [Fact]
    public async Task A_list_that_breaks_off_is_an_error_and_no_part_of_it_is_given()
    {
        string json = Wire.List(Account("t1", "a"), Account("t2", "a"));
        ApiException cut = await FailAsync(Answers.Truncated(json, json.Length - 70));
        Assert.Equal(CadenzaErrorKind.BadResponse, cut.Kind);
        Assert.Contains("ended after 1 trading account", cut.Message, StringComparison.Ordinal);

        ApiException between = await FailAsync(
            Page("""{"hasNext":true}""", "t1", "t2"),
            Answers.Json(Wire.Failure(-22000, "sorry"), 500));
        Assert.Contains("ended after 2 trading accounts: sorry", between.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, CadenzaErrorKind.Unauthorized)]
    [InlineData(403, CadenzaErrorKind.AccessDenied)]
    [InlineData(500, CadenzaErrorKind.ServerError)]
    public async Task A_list_that_cannot_be_had_is_an_error(int status, CadenzaErrorKind kind)
    {
        ApiException error = await FailAsync(Answers.Json("""{"data":null,"errno":-99,"error":"no"}""", status));

        Assert.Equal(kind, error.Kind);
    }

    [Fact]
    public async Task Cancelling_ends_it()
    {
        await using var server = ScriptedServer.Answering(Answers.Never);
        using var stop = new CancellationTokenSource(200);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            server.Client.ListTradingAccountsAsync(stop.Token).Bounded());
    }

    [Theory]
    [InlineData(SandboxDialect.Guide, null)]
    [InlineData(SandboxDialect.EndpointPage, 3)]
    [InlineData(SandboxDialect.OpenApi, 2)]
    public async Task The_sandbox_accounts_come_as_they_are_in_every_dialect(SandboxDialect dialect, int? pageSize)
    {
        await using SandboxHost sandbox = await SandboxHost.StartAsync(
            new SandboxOptions { Dialect = dialect, PageSize = pageSize });
        using CadenzaClient client = TestClients.Create(sandbox);

        TradingAccountList list = await client.ListTradingAccountsAsync().Bounded();

        SandboxState state = sandbox.Sandbox.GetState();
        Assert.Empty(list.Gaps);
        Assert.Equal(
            state.TradingAccounts.Select(static a => a.TradingAccountId).Order(StringComparer.Ordinal),
            list.Accounts.Select(static a => a.TradingAccountId).Order(StringComparer.Ordinal));
    }

    private static string Account(string id, params string[] credentials) =>
        $$"""{"tradingAccountId":"{{id}}","venue":"OKX","status":"ACTIVE","credentials":[{{string.Join(',', credentials.Select(static c => $"\"{c}\""))}}]}""";

    private static Answer Page(string pagination, params string[] ids) =>
        Answers.Json(Wire.ListWith($",\"pagination\":{pagination}", [.. ids.Select(static id => Account(id, "a"))]));

    private static async Task<TradingAccountList> ListAsync(params Answer[] answers)
    {
        await using var server = ScriptedServer.Answering(answers);
        return await server.Client.ListTradingAccountsAsync().Bounded();
    }

    private static Task<ApiException> FailAsync(params Answer[] answers) =>
        Assert.ThrowsAsync<ApiException>(() => ListAsync(answers));
}
