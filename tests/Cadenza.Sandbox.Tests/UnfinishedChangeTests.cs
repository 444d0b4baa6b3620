namespace Cadenza.Sandbox.Tests;

/// <summary>Changes that are answered before they are done.</summary>
public sealed class UnfinishedChangeTests
{
    private readonly FakeTimeProvider _time = new(InlineTimeProvider.Now);

    [Theory]
    [InlineData("Accepted", 202, "FAILED")]
    [InlineData("Unfinished", 200, "FAILED")]
    [InlineData("Unfinished:status=REVOKING", 200, "REVOKING")]
    [InlineData("QueuedNote", 200, "FAILED")]
    public async Task The_answer_shows_the_state_before_the_change(string fault, int status, string shown)
    {
        await using Rig rig = Start("credential/revoke:" + fault);
        Response answer = await Response.ReadAsync(rig.RevokeAsync());
        Assert.Equal((status, shown), (answer.Status, answer.DataText("status")));
        Assert.True(answer.Json.GetProperty("success").GetBoolean());
        Assert.Equal(fault == "QueuedNote" ? "queued" : null, answer.Error);
        Assert.False(rig.LastRequest.TookEffect);
    }

    [Fact]
    public async Task Created_null_has_no_data()
    {
        await using Rig rig = Start("credential/revoke:CreatedNull:after");
        Response answer = await Response.ReadAsync(rig.RevokeAsync());
        Assert.Equal("{\"data\":null,\"success\":true,\"errno\":0,\"error\":null}", answer.Text);
        Assert.Equal(201, answer.Status);
        Assert.True(rig.TargetNow.IsRevoked);
    }

    [Theory]
    [InlineData("Accepted:completeafter=3s")]
    [InlineData("Unfinished:completeafter=3s")]
    [InlineData("QueuedNote:completeafter=3s")]
    [InlineData("CreatedNull:completeafter=3s")]
    public async Task The_change_is_done_when_its_time_has_come(string fault)
    {
        await using Rig rig = Start("credential/revoke:" + fault);
        await Response.ReadAsync(rig.RevokeAsync());
        string requestId = rig.LastRequest.RequestId;
        _time.Advance(TimeSpan.FromSeconds(2.999));
        Assert.Equal("FAILED", await ListedStatusAsync(rig));
        _time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal("REVOKED", await ListedStatusAsync(rig));
        Assert.Equal((requestId, 1), (rig.TargetNow.RevokedByRequestId, rig.TargetNow.Changes));
    }

    [Fact]
    public async Task Without_a_time_the_change_is_never_done()
    {
        await using Rig rig = Start("credential/revoke:Accepted");
        await Response.ReadAsync(rig.RevokeAsync());
        _time.Advance(TimeSpan.FromDays(365));
        Assert.False(rig.TargetNow.IsRevoked);
    }

    [Fact]
    public async Task A_status_between_is_listed_until_the_change_is_done()
    {
        await using Rig rig = Start("credential/revoke:Unfinished:status=REVOKING,completeafter=1min");
        await Response.ReadAsync(rig.RevokeAsync());
        Assert.Equal("REVOKING", await ListedStatusAsync(rig));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("REVOKED", await ListedStatusAsync(rig));
    }

    [Fact]
    public async Task A_request_that_cannot_succeed_is_refused_and_not_accepted()
    {
        await using Rig rig = Start("credential/revoke:Accepted");
        Response answer = await Response.ReadAsync(
            rig.PostAsync("credential/revoke", new { credentialId = Guid.NewGuid() }));
        Assert.Equal((404, -22016), (answer.Status, answer.Errno));
    }

    [Fact]
    public async Task A_second_revoke_while_the_first_is_unfinished_is_done_once()
    {
        await using Rig rig = Start("credential/revoke:Accepted:times=1,completeafter=3s");
        await Response.ReadAsync(rig.RevokeAsync());
        Assert.Equal("REVOKED", (await Response.ReadAsync(rig.RevokeAsync())).DataText("status"));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal((1, "req-000002"), (rig.TargetNow.Changes, rig.TargetNow.RevokedByRequestId));
    }

    [Fact]
    public async Task New_keys_work_when_the_rotation_is_done()
    {
        await using Rig rig = Start("credential/rotate:Accepted:completeafter=3s");
        string? before = rig.Target.Fingerprint;
        Response answer = await Response.ReadAsync(rig.RotateAsync("key", "secret"));
        Assert.Equal((202, before), (answer.Status, rig.TargetNow.Fingerprint));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(KeyFingerprint.Compute("key", "secret", "phrase"), rig.TargetNow.Fingerprint);
    }

    [Fact]
    public async Task A_created_credential_is_listed_when_its_creation_is_done()
    {
        await using Rig rig = Start("credential/create:Accepted:completeafter=3s");
        int count = rig.Sandbox.GetState().Credentials.Count;
        Response answer = await Response.ReadAsync(rig.PostAsync("credential/create", Rig.NewCredential("New")));
        Assert.Equal((202, "PENDING"), (answer.Status, answer.DataText("status")));
        Assert.Equal(count, rig.Sandbox.GetState().Credentials.Count);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(answer.DataText("credentialId"), rig.Sandbox.GetState().FindByNickname("New")!.CredentialId);
    }

    [Fact]
    public async Task Keys_that_the_exchange_refuses_later_make_the_credential_failed()
    {
        await using Rig rig = Start();
        Response rotated = await Response.ReadAsync(rig.RotateAsync(SandboxSeeds.FailingKeyPrefix + "1", "secret"));
        Assert.Equal((200, "FAILED"), (rotated.Status, rotated.DataText("status")));
        Response repaired = await Response.ReadAsync(rig.RotateAsync("key", "secret"));
        Assert.Equal("VERIFIED", repaired.DataText("status"));
        Response refused = await Response.ReadAsync(rig.RotateAsync(SandboxSeeds.RefusedKeyPrefix + "1", "secret"));
        Assert.Equal((400, -22006), (refused.Status, refused.Errno));
    }

    private static async Task<string?> ListedStatusAsync(Rig rig)
    {
        Response list = await Response.ReadAsync(rig.ListAsync("?credentialIds=" + rig.Target.CredentialId));
        return list.Data[0].GetProperty("status").GetString();
    }

    private Rig Start(params string[] rules) => Rig.InProcess(_time, rules);
}
