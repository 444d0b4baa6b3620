namespace Cadenza.Client.Tests.Field;

/// <summary>A change that the server only accepted is not reported as made.</summary>
public sealed class AcceptedTests
{
    [Theory]
    [InlineData("Accepted:completeafter=3s")]
    [InlineData("Unfinished:completeafter=3s")]
    [InlineData("Unfinished:completeafter=3s,status=REVOKING")]
    [InlineData("QueuedNote:completeafter=3s")]
    [InlineData("CreatedNull:completeafter=3s")]
    public async Task A_revoke_that_is_completed_later_is_done_when_the_list_shows_it(string fault)
    {
        using var server = new FieldServer("credential/revoke:" + fault);

        CadenzaCredential revoked = await server.RevokeAsync();

        Assert.Equal("REVOKED", revoked.Status);
        Assert.Equal("REVOKED", server.Now.Status);
        Assert.Equal(1, server.CountOf("/revoke"));
    }

    [Theory]
    [InlineData("Accepted:completeafter=1440min")]
    [InlineData("Unfinished:completeafter=1440min")]
    [InlineData("Unfinished:completeafter=1440min,status=REVOKING")]
    [InlineData("QueuedNote:completeafter=1440min")]
    [InlineData("CreatedNull:completeafter=1440min")]
    public async Task A_revoke_that_is_never_completed_has_an_unknown_outcome(string fault)
    {
        using var server = new FieldServer("credential/revoke:" + fault);

        await server.RevokeAsync().FailsAsync(CadenzaErrorKind.NotCompleted, RequestOutcome.Unknown);

        Assert.Equal(1, server.CountOf("/revoke"));
        Assert.InRange(server.CountOf("/list"), 5, 50);
    }

    /// <summary>The status of the body is not the one of the credential: the list decides.</summary>
    [Fact]
    public async Task A_revoke_that_is_only_accepted_is_not_done_although_its_response_shows_the_status()
    {
        await using var server = ScriptedServer.Running(static request => Answers.Json(
            request.Path.EndsWith("/revoke", StringComparison.Ordinal)
                ? Wire.Item("""{"credentialId":"a","status":"REVOKED"}""")
                : Wire.Item("""[{"credentialId":"a","status":"VERIFIED"}]"""),
            request.Path.EndsWith("/revoke", StringComparison.Ordinal) ? 202 : 200));

        await server.Client.RevokeCredentialAsync("a")
            .FailsAsync(CadenzaErrorKind.NotCompleted, RequestOutcome.Unknown);
    }

    [Theory]
    [InlineData("Accepted:completeafter=3s")]
    [InlineData("CreatedNull:completeafter=3s")]
    public async Task A_rotation_that_is_completed_later_is_done_when_the_credential_was_changed(string fault)
    {
        using var server = new FieldServer("credential/rotate:" + fault);

        await server.RotateAsync();

        Assert.NotEqual(server.Target.Fingerprint, server.Now.Fingerprint);
    }

    [Theory]
    [InlineData("Accepted:completeafter=1440min")]
    [InlineData("CreatedNull:completeafter=1440min")]
    public async Task A_rotation_that_is_never_completed_has_an_unknown_outcome(string fault)
    {
        using var server = new FieldServer("credential/rotate:" + fault);

        await server.RotateAsync().FailsAsync(CadenzaErrorKind.NotCompleted, RequestOutcome.Unknown);
    }

    [Theory]
    [InlineData("credential/rotate:OtherStatus:status=FAILED", "FAILED")]
    [InlineData("credential/rotate:OtherStatus:status=ERROR", "ERROR")]
    [InlineData("credential/rotate:OtherStatus:status=REVOKED", "REVOKED")]
    public async Task A_rotation_to_keys_that_the_exchange_rejects_is_a_warning(string fault, string status)
    {
        using var server = new FieldServer(fault);

        await server.RotateAsync();

        Assert.Contains(status, Assert.Single(server.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_beside_a_success_is_a_warning()
    {
        using var server = new FieldServer("credential/rotate:QueuedNote:after");

        await server.RotateAsync();

        Assert.Contains("queued", Assert.Single(server.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("made never", "CreatedNull:completeafter=1440min")]
    [InlineData(null, "CreatedNull:completeafter=1440min")]
    [InlineData(null, "CreatedNull:after")]
    [InlineData("made never", "UnreadableData")]
    [InlineData(null, "UnreadableData")]
    public async Task A_creation_that_is_not_seen_on_the_server_has_an_unknown_outcome(string? nickname, string fault)
    {
        using var server = new FieldServer("credential/create:" + fault, "credential/list:ServerErrorJson");
        var request = new NewCredential("OKX", TestClients.Keys(passphrase: "new-passphrase")) { Nickname = nickname };

        await server.Client.CreateCredentialAsync(request)
            .FailsAsync(CadenzaErrorKind.BadResponse, RequestOutcome.Unknown);

        Assert.Equal(1, server.CountOf("/create"));
    }

    [Theory]
    [InlineData("CreatedNull:completeafter=1440min", "credential/list:ServerErrorJson")]
    [InlineData("CreatedNull:completeafter=1440min", "credential/list:NoContent")]
    [InlineData("UnreadableData", "credential/list:ServerErrorJson")]
    public async Task A_rotation_without_a_credential_that_cannot_be_read_back_has_an_unknown_outcome(
        string fault, string list)
    {
        using var server = new FieldServer("credential/rotate:" + fault, list);

        await server.RotateAsync().FailsAsync(CadenzaErrorKind.NotCompleted, RequestOutcome.Unknown);

        Assert.Equal(1, server.CountOf("/rotate"));
    }

    [Theory]
    [InlineData("CreatedNull:completeafter=1440min", "credential/list:ServerErrorJson")]
    [InlineData("UnreadableData", "credential/list:ServerErrorJson")]
    public async Task A_revoke_without_a_credential_that_cannot_be_read_back_has_an_unknown_outcome(
        string fault, string list)
    {
        using var server = new FieldServer("credential/revoke:" + fault, list);

        await server.RevokeAsync().FailsAsync(CadenzaErrorKind.NotCompleted, RequestOutcome.Unknown);

        Assert.Equal(1, server.CountOf("/revoke"));
    }

    [Theory]
    [InlineData("Accepted:completeafter=3s", true)]
    [InlineData("Accepted:completeafter=1440min", false)]
    public async Task A_creation_is_done_when_the_list_contains_the_credential(string fault, bool isDone)
    {
        using var server = new FieldServer("credential/create:" + fault);
        var request = new NewCredential("OKX", TestClients.Keys(passphrase: "new-passphrase"))
        {
            Nickname = "made later",
        };

        if (isDone)
        {
            await server.Client.CreateCredentialAsync(request).Bounded();
            Assert.NotNull(server.Sandbox.GetState().FindByNickname("made later"));
        }
        else
        {
            ApiException error = await server.Client.CreateCredentialAsync(request).FailsAsync();
            Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        }

        Assert.Equal(1, server.CountOf("/create"));
    }
}
