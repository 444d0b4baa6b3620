namespace Cadenza.Sandbox.Tests;

/// <summary>The sandbox rejects requests that the API rejects, and filters as the API does.</summary>
public sealed class RequestValidationTests
{
    [Theory]
    [InlineData("revoke", "{", -19005)]
    [InlineData("revoke", "[]", -19004)]
    [InlineData("revoke", "{}", -19004)]
    [InlineData("revoke", """{"credentialId":7}""", -19004)]
    [InlineData("revoke", """{"credentialId":"\ud800"}""", -19005)]
    [InlineData("verify", """{"credentialIds":[]}""", -19004)]
    [InlineData("verify", """{"credentialIds":"one"}""", -19004)]
    [InlineData("verify", """{"credentialIds":[7]}""", -19004)]
    public async Task A_body_that_is_not_valid_is_rejected(string operation, string body, int errno)
    {
        SandboxDialect dialect = operation == "verify" ? SandboxDialect.OpenApi : SandboxDialect.Guide;
        await using var rig = Rig.InProcess(new SandboxOptions { Dialect = dialect });

        Response answer = await Response.ReadAsync(rig.PostTextAsync("credential/" + operation, body));

        Assert.Equal((400, errno), (answer.Status, answer.Errno));
        Assert.False(rig.LastRequest.TookEffect);
    }

    [Fact]
    public async Task A_credential_at_an_unknown_venue_is_not_created()
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, new SandboxOptions());

        Response answer = await Response.ReadAsync(rig.PostAsync(
            "credential/create", new { venue = "MTGOX", nickname = "n", apiKey = "key", apiSecret = "secret" }));

        Assert.Equal((400, -22015), (answer.Status, answer.Errno));
        Assert.Null(rig.Sandbox.GetState().FindByNickname("n"));
    }

    [Theory]
    [InlineData("bm90IGEgY3Vyc29y")]
    [InlineData("not base64!")]
    public async Task A_cursor_that_the_sandbox_did_not_issue_is_rejected(string cursor)
    {
        await using Rig rig = await Rig.StartAsync(
            Transport.InProcess, new SandboxOptions { Dialect = SandboxDialect.OpenApi, PageSize = 5 });

        Response answer = await Response.ReadAsync(rig.ListAsync("?cursor=" + Uri.EscapeDataString(cursor)));

        Assert.Equal((400, -22015), (answer.Status, answer.Errno));
    }

    [Theory]
    [InlineData("tradingAccountId", "tradingAccountId")]
    [InlineData("venue", "venue")]
    [InlineData("accountStatus", "status")]
    public async Task Trading_accounts_are_filtered(string parameter, string member)
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, new SandboxOptions { CredentialCount = 100 });
        const string Page = "tradingAccount/list?limit=1000";
        JsonElement[] all = await ListAsync(rig, Page);
        string value = all[0].GetProperty(member).GetString()!;

        JsonElement[] found = await ListAsync(rig, $"{Page}&{parameter}={value}");

        JsonElement[] expected = [.. all.Where(account => account.GetProperty(member).GetString() == value)];
        Assert.Equal(expected.Select(static a => a.GetRawText()), found.Select(static a => a.GetRawText()));
        Assert.InRange(found.Length, 1, all.Length - 1);
        Assert.Empty(await ListAsync(rig, $"{Page}&{parameter}=none"));
    }

    private static async Task<JsonElement[]> ListAsync(Rig rig, string page) =>
        [.. (await Response.ReadAsync(rig.GetAsync(page))).Data.EnumerateArray()];
}
