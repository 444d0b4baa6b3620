namespace Cadenza.Sandbox.Tests;

/// <summary>Answers that look correct and are not.</summary>
public sealed class AnswerFaultTests
{
    private readonly FakeTimeProvider _time = new(InlineTimeProvider.Now);

    [Theory]
    [InlineData("PENDING")]
    [InlineData("CREATED")]
    [InlineData("SOMETHING_NEW")]
    public async Task Verify_can_show_any_status_and_then_leaves_the_actual_one(string status)
    {
        await using Rig rig = Start($"credential/verify:OtherStatus:times=1,status={status}");
        SandboxCredential pending = rig.Sandbox.GetState().Credentials.First(static c => c.Status == "PENDING");
        Response first = await Response.ReadAsync(VerifyAsync(rig, pending));
        Assert.Equal(status, first.DataText("status"));
        Assert.Equal("PENDING", rig.Sandbox.FindCredential(pending.CredentialId)!.Status);
        Assert.Equal("VERIFIED", (await Response.ReadAsync(VerifyAsync(rig, pending))).DataText("status"));
    }

    [Fact]
    public async Task Without_a_status_the_other_status_is_UNKNOWN()
    {
        await using Rig rig = Start("credential/verify:OtherStatus");
        Assert.Equal("UNKNOWN", (await Response.ReadAsync(VerifyAsync(rig, rig.Target))).DataText("status"));
    }

    [Fact]
    public async Task An_openapi_verify_shows_the_status_on_its_accounts()
    {
        await using Rig rig = Start(SandboxDialect.OpenApi, "credential/verify:OtherStatus:status=LOCKED");
        SandboxCredential active = rig.Sandbox.GetState().Credentials[0];
        Response answer = await Response.ReadAsync(rig.PostAsync(
            "credential/verify", new { credentialIds = new[] { active.CredentialId } }));
        Assert.NotEmpty(answer.Data.EnumerateArray());
        Assert.All(
            answer.Data.EnumerateArray(), static a => Assert.Equal("LOCKED", a.GetProperty("status").GetString()));
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("rotate")]
    [InlineData("verify")]
    public async Task An_answer_about_another_object_has_its_id_venue_and_nickname(string operation)
    {
        await using Rig rig = Start("*:OtherObject");
        SandboxCredential other = rig.Sandbox.GetState().Credentials
            .SkipWhile(c => c.CredentialId != rig.Target.CredentialId).ElementAt(1);
        Response answer = await Response.ReadAsync(rig.PostAsync("credential/" + operation, Rig.NewKeys(rig.Target)));
        Assert.Equal(200, answer.Status);
        Assert.Equal(
            (other.CredentialId, other.Venue, other.Nickname),
            (answer.DataText("credentialId"), answer.DataText("venue"), answer.DataText("nickname")));
        Assert.Equal(operation == "verify" ? 0 : 1, rig.TargetNow.Changes);
        Assert.Equal(0, rig.Sandbox.FindCredential(other.CredentialId)!.Changes);
    }

    [Fact]
    public async Task A_creation_answered_with_another_object_has_created_its_own()
    {
        await using Rig rig = Start("credential/create:OtherObject");
        Response answer = await Response.ReadAsync(rig.PostAsync("credential/create", Rig.NewCredential("New")));
        string created = rig.Sandbox.GetState().FindByNickname("New")!.CredentialId;
        Assert.NotEqual(created, answer.DataText("credentialId"));
        Assert.NotEqual("New", answer.DataText("nickname"));
    }

    [Fact]
    public async Task The_only_credential_is_answered_with_an_invented_one()
    {
        await using var rig = Rig.InProcess(new SandboxOptions
        {
            CredentialCount = 1,
            Faults = Rig.Faults("*:OtherObject"),
        });
        SandboxCredential only = rig.Sandbox.GetState().Credentials[0];
        Response answer = await Response.ReadAsync(VerifyAsync(rig, only));
        Assert.NotEqual(only.CredentialId, answer.DataText("credentialId"));
        Assert.Single(rig.Sandbox.GetState().Credentials);
    }

    [Theory]
    [InlineData(SandboxDialect.Guide)]
    [InlineData(SandboxDialect.OpenApi)]
    public async Task A_verify_of_several_answers_an_array_about_others(SandboxDialect dialect)
    {
        await using Rig rig = Start(dialect, "credential/verify:OtherObject");
        string first = rig.Sandbox.GetState().Credentials[0].CredentialId;
        string[] asked = dialect == SandboxDialect.Guide ? [first, rig.Target.CredentialId] : [first];
        Response answer = await Response.ReadAsync(rig.PostAsync("credential/verify", new { credentialIds = asked }));
        Assert.Equal(JsonValueKind.Array, answer.Data.ValueKind);
        Assert.All(asked, id => Assert.DoesNotContain(id, answer.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_login_can_name_another_user()
    {
        await using Rig rig = Start("auth/login:OtherUser");
        Response answer = await Response.ReadAsync(rig.LoginAsync());
        Assert.Equal(
            SandboxSeeds.OtherUserEmail, answer.Data.GetProperty("user").GetProperty("email").GetString());
        Assert.True(rig.LastRequest.TookEffect);
    }

    [Theory]
    [InlineData("FractionalErrno", "-22016.5")]
    [InlineData("HugeErrno", "-2201600000000000000000")]
    public async Task A_success_can_have_an_errno_that_is_no_integer_of_64_bits(string kind, string errno)
    {
        await using Rig rig = Start("credential/revoke:" + kind);
        Response answer = await Response.ReadAsync(rig.RevokeAsync());
        Assert.Equal($"{{\"data\":null,\"success\":true,\"errno\":{errno},\"error\":null}}", answer.Text);
        Assert.Equal(200, answer.Status);
        Assert.False(rig.TargetNow.IsRevoked);
    }

    [Theory]
    [InlineData("auth/login:ClockBehind", 70)]
    [InlineData("auth/login:ClockBehind:behind=5min", 5)]
    public async Task A_login_by_a_clock_that_is_behind_has_only_expiresAt_and_a_matching_date(string rule, int minutes)
    {
        foreach (Transport transport in Enum.GetValues<Transport>())
        {
            var options = new SandboxOptions { TimeProvider = _time, Faults = Rig.Faults(rule) };
            await using Rig rig = await Rig.StartAsync(transport, options);
            Response login = await Response.ReadAsync(rig.LoginAsync());
            DateTimeOffset serverNow = _time.GetUtcNow().AddMinutes(-minutes);
            Assert.False(login.Data.TryGetProperty("expiresIn", out _));
            Assert.Equal(serverNow.AddHours(1).ToUnixTimeSeconds(), login.Data.GetProperty("expiresAt").GetInt64());
            Assert.Equal(serverNow.ToString("R"), login.Date);
        }
    }

    [Fact]
    public async Task A_whole_server_can_be_behind()
    {
        await using var rig = Rig.InProcess(new SandboxOptions
        {
            TimeProvider = _time,
            ClockSkew = TimeSpan.FromMinutes(-70),
            OmitExpiresIn = true,
        });
        Response login = await Response.ReadAsync(rig.LoginAsync());
        Assert.False(login.Data.TryGetProperty("expiresIn", out _));
        Assert.Equal(
            _time.GetUtcNow().AddMinutes(-10).ToUnixTimeSeconds(), login.Data.GetProperty("expiresAt").GetInt64());
        Assert.Equal("Sun, 01 Mar 2026 10:50:00 GMT", login.Date);
        Assert.Equal("Sun, 01 Mar 2026 10:50:00 GMT", (await Response.ReadAsync(rig.ListAsync())).Date);
    }

    [Fact]
    public async Task A_server_whose_clock_is_right_sends_no_date_of_its_own()
    {
        await using Rig rig = Start();
        Assert.Null((await Response.ReadAsync(rig.ListAsync())).Date);
    }

    private static Task<System.Net.Http.HttpResponseMessage> VerifyAsync(Rig rig, SandboxCredential credential) =>
        rig.PostAsync("credential/verify", new { credentialId = credential.CredentialId });

    private Rig Start(params string[] rules) => Start(SandboxDialect.Guide, rules);

    private Rig Start(SandboxDialect dialect, params string[] rules) =>
        Rig.InProcess(new SandboxOptions { Dialect = dialect, TimeProvider = _time, Faults = Rig.Faults(rules) });
}
