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
    [InlineData("revoke", "Accepted:completeafter=1440min")]
    [InlineData("revoke", "Unfinished:completeafter=1440min")]
    [InlineData("revoke", "Unfinished:completeafter=1440min,status=REVOKING")]
    [InlineData("revoke", "QueuedNote:completeafter=1440min")]
    [InlineData("revoke", "CreatedNull:completeafter=1440min")]
    [InlineData("rotate", "Accepted:completeafter=1440min")]
    [InlineData("rotate", "CreatedNull:completeafter=1440min")]
    public async Task A_change_that_is_not_completed_in_time_has_an_unknown_outcome(string operation, string fault)
    {
        using var server = new FieldServer($"credential/{operation}:{fault}");

        await server.ChangeAsync(operation).FailsAsync(CadenzaErrorKind.NotCompleted, RequestOutcome.Unknown);

        Assert.Equal(1, server.CountOf("/" + operation));
        Assert.InRange(server.CountOf("/list"), 5, 50);
    }

    /// <summary>The status of the body is not the one of the credential: the list decides.</summary>
    [Fact]
    public async Task A_revoke_that_is_only_accepted_is_not_done_although_its_response_shows_the_status()
    {
        await using var server = ScriptedServer.Running(static request =>
            request.Path.EndsWith("/revoke", StringComparison.Ordinal)
                ? Answers.Json(Wire.Item("""{"credentialId":"a","status":"REVOKED"}"""), 202)
                : Answers.Json(Wire.Item("""[{"credentialId":"a","status":"VERIFIED"}]""")));

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
    [InlineData("OtherStatus:status=FAILED", "FAILED")]
    [InlineData("OtherStatus:status=ERROR", "ERROR")]
    [InlineData("OtherStatus:status=REVOKED", "REVOKED")]
    [InlineData("QueuedNote:after", "queued")]
    public async Task A_status_of_rejected_keys_or_a_message_beside_a_success_is_a_warning(string fault, string words)
    {
        using var server = new FieldServer("credential/rotate:" + fault);

        await server.RotateAsync();

        Assert.Contains(words, Assert.Single(server.Warnings), StringComparison.Ordinal);
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

        await server.CreateAsync(nickname).FailsAsync(CadenzaErrorKind.BadResponse, RequestOutcome.Unknown);

        Assert.Equal(1, server.CountOf("/create"));
    }

    [Theory]
    [InlineData("rotate", "CreatedNull:completeafter=1440min", "ServerErrorJson")]
    [InlineData("rotate", "CreatedNull:completeafter=1440min", "NoContent")]
    [InlineData("rotate", "UnreadableData", "ServerErrorJson")]
    [InlineData("revoke", "CreatedNull:completeafter=1440min", "ServerErrorJson")]
    [InlineData("revoke", "UnreadableData", "ServerErrorJson")]
    public async Task A_change_without_a_credential_that_cannot_be_read_back_has_an_unknown_outcome(
        string operation, string fault, string list)
    {
        using var server = new FieldServer($"credential/{operation}:{fault}", "credential/list:" + list);

        await server.ChangeAsync(operation).FailsAsync(CadenzaErrorKind.NotCompleted, RequestOutcome.Unknown);

        Assert.Equal(1, server.CountOf("/" + operation));
    }

    [Theory]
    [InlineData("Accepted:completeafter=3s", true)]
    [InlineData("Accepted:completeafter=1440min", false)]
    public async Task A_creation_is_done_when_the_list_contains_the_credential(string fault, bool isDone)
    {
        using var server = new FieldServer("credential/create:" + fault);

        if (isDone)
        {
            await server.CreateAsync("made later");
            Assert.NotNull(server.Sandbox.GetState().FindByNickname("made later"));
        }
        else
        {
            ApiException error = await server.CreateAsync("made later").FailsAsync();
            Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        }

        Assert.Equal(1, server.CountOf("/create"));
    }
}
