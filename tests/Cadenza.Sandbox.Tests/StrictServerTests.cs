namespace Cadenza.Sandbox.Tests;

/// <summary>A server that accepts only the names and types of its own dialect.</summary>
public sealed class StrictServerTests
{
    private const string Keys = ",\"apiKey\":\"k\",\"apiSecret\":\"s\",\"venue\":\"BINANCE\"}";

    [Theory]
    [InlineData(SandboxDialect.Guide, """{"nickname":"a","name":"a","credentialType":"EXCHANGE" """, "name")]
    [InlineData(SandboxDialect.Guide, """{"nickname":"a","type":"EXCHANGE" """, "type")]
    [InlineData(SandboxDialect.Guide, """{"nickname":"a","credentialType":"EXCHANGE" """, null)]
    [InlineData(SandboxDialect.EndpointPage, """{"name":"a","credentialType":"EXCHANGE" """, "credentialType")]
    [InlineData(SandboxDialect.EndpointPage, """{"name":"a","type":"EXCHANGE" """, null)]
    [InlineData(SandboxDialect.OpenApi, """{"name":"a","credentialType":"HMAC" """, "name")]
    [InlineData(SandboxDialect.OpenApi, """{"nickname":"a","credentialType":"HMAC" """, null)]
    public async Task Only_the_members_of_the_dialect_are_accepted(
        SandboxDialect dialect, string start, string? refused)
    {
        await AssertAsync(new() { Dialect = dialect, Faults = Rig.Faults("*:StrictMembers") });
        await AssertAsync(new() { Dialect = dialect, StrictMembers = true });

        async Task AssertAsync(SandboxOptions options)
        {
            await using var rig = Rig.InProcess(options);
            Response answer = await Response.ReadAsync(rig.PostTextAsync("credential/create", start.TrimEnd() + Keys));
            Assert.Equal(refused is null ? 200 : 400, answer.Status);
            Assert.Equal(refused is null ? 0 : -19004, answer.Errno);
            Assert.Equal(refused is null ? null : "unknown member " + refused, answer.Error);
        }
    }

    [Theory]
    [InlineData(SandboxDialect.Guide, "credentialId", 200)]
    [InlineData(SandboxDialect.Guide, "credentialIds", 400)]
    [InlineData(SandboxDialect.EndpointPage, "credentialId", 200)]
    [InlineData(SandboxDialect.OpenApi, "credentialIds", 200)]
    [InlineData(SandboxDialect.OpenApi, "credentialId", 400)]
    public async Task A_verify_names_its_credentials_as_the_dialect_does(
        SandboxDialect dialect, string member, int status)
    {
        await using var rig = Rig.InProcess(new SandboxOptions { Dialect = dialect, StrictMembers = true });
        string id = $"\"{rig.Target.CredentialId}\"";
        string value = member == "credentialIds" ? $"[{id}]" : id;
        Response answer = await Response.ReadAsync(rig.PostTextAsync("credential/verify", $"{{\"{member}\":{value}}}"));
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task A_strict_server_accepts_every_documented_request()
    {
        await using var rig = Rig.InProcess(new SandboxOptions { StrictMembers = true, StrictTypes = true });
        Response login = await Response.ReadAsync(rig.LoginAsync());
        string? refreshToken = login.DataText("refreshToken");
        Assert.Equal(200, (await Response.ReadAsync(rig.PostAsync("auth/token/refresh", new { refreshToken }))).Status);
        Assert.Equal(200, (await Response.ReadAsync(rig.RotateAsync())).Status);
        Assert.Equal(200, (await Response.ReadAsync(rig.RevokeAsync())).Status);
    }

    [Theory]
    [InlineData(SandboxDialect.OpenApi, "EXCHANGE", 400)]
    [InlineData(SandboxDialect.OpenApi, "RSA", 200)]
    [InlineData(SandboxDialect.Guide, "EXCHANGE", 200)]
    [InlineData(SandboxDialect.Guide, "RSA", 400)]
    [InlineData(SandboxDialect.EndpointPage, "BROKER", 400)]
    public async Task Only_the_types_of_the_dialect_are_accepted(SandboxDialect dialect, string type, int status)
    {
        await AssertAsync(new() { Dialect = dialect, Faults = Rig.Faults("credential/create:StrictTypes") }, status);
        await AssertAsync(new() { Dialect = dialect, StrictTypes = true }, status);
        await AssertAsync(new() { Dialect = dialect }, 200);

        async Task AssertAsync(SandboxOptions options, int expected)
        {
            await using var rig = Rig.InProcess(options);
            Response answer = await Response.ReadAsync(rig.PostTextAsync(
                "credential/create", $"{{\"credentialType\":\"{type}\"{Keys}"));
            Assert.Equal((expected, expected == 200 ? 0 : -22015), (answer.Status, answer.Errno));
        }
    }

    [Fact]
    public async Task Active_accounts_become_locked_and_stay_so()
    {
        await AssertLockedAsync(new() { Faults = Rig.Faults("tradingAccount/list:AccountsLocked:times=1") });
        await AssertLockedAsync(new() { LockAccounts = true });
    }

    [Fact]
    public async Task A_locked_account_with_open_orders_prevents_a_revoke()
    {
        await using var rig = Rig.InProcess(new SandboxOptions { LockAccounts = true });
        SandboxCredential blocked = rig.Sandbox.GetState().FindByNickname(SandboxSeeds.BlockedNickname)!;
        Response answer = await Response.ReadAsync(
            rig.PostAsync("credential/revoke", new { credentialId = blocked.CredentialId }));
        Assert.Equal((409, -130002), (answer.Status, answer.Errno));
    }

    [Fact]
    public void Every_sandbox_has_an_id_of_its_own_unless_the_options_name_one()
    {
        using var first = new SandboxHandler(new SandboxOptions());
        using var second = new SandboxHandler(new SandboxOptions());
        using var named = new SandboxHandler(new SandboxOptions { InstanceId = "rehearsal1" });
        Assert.NotEqual(first.InstanceId, second.InstanceId);
        Assert.Matches("^[0-9a-f]{8}$", first.InstanceId);
        Assert.Equal($"https://sandbox-{first.InstanceId}.invalid/", first.BaseAddress.AbsoluteUri);
        Assert.Equal("https://sandbox-rehearsal1.invalid/", named.BaseAddress.AbsoluteUri);
        Assert.Throws<ArgumentException>(() => new SandboxOptions { InstanceId = "a.b" });
    }

    private static async Task AssertLockedAsync(SandboxOptions options)
    {
        await using var rig = Rig.InProcess(options);
        for (int i = 0; i < 2; i++)
        {
            Response list = await Response.ReadAsync(rig.GetAsync("tradingAccount/list"));
            string?[] statuses =
                [.. list.Data.EnumerateArray().Select(static a => a.GetProperty("status").GetString())];
            Assert.Contains("LOCKED", statuses);
            Assert.DoesNotContain("ACTIVE", statuses);
        }

        Assert.Contains(rig.Sandbox.GetState().TradingAccounts, static a => a.Status == "LOCKED");
    }
}
