namespace Cadenza.Client.Tests.Field;

/// <summary>How long a change that the server only accepted is waited for.</summary>
public sealed class CompletionTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("revoke", "Accepted")]
    [InlineData("revoke", "Unfinished:status=REVOKING")]
    [InlineData("revoke", "QueuedNote")]
    [InlineData("revoke", "CreatedNull")]
    [InlineData("rotate", "Accepted")]
    [InlineData("rotate", "CreatedNull")]
    [InlineData("create", "Accepted")]
    public async Task Without_waiting_a_change_is_accepted_and_not_read_back(string operation, string fault)
    {
        using var server = new FieldServer($"credential/{operation}:{fault}");

        ApiResult<CadenzaCredential> result = await ExecuteAsync(
            server,
            TimeSpan.Zero,
            operation switch
            {
                "revoke" => Revoke(server),
                "rotate" => new RotateRequest(new CredentialReference(server.Target.CredentialId), TestClients.Keys()),
                _ => Create(),
            });

        Assert.True(result.IsAccepted);
        Assert.Equal(operation != "create", result.Value.CredentialId == server.Target.CredentialId);
        Assert.Equal(operation == "create", result.Value.Nickname == "made later");
        Assert.NotEqual("REVOKED", result.Value.Status);
        Assert.NotNull(result.Value.Server);
        Assert.Equal(1, server.Sandbox.RequestCount);
        Assert.Empty(server.Waits);
    }

    [Fact]
    public async Task Without_waiting_a_change_that_is_complete_is_not_only_accepted()
    {
        using var server = new FieldServer();

        ApiResult<CadenzaCredential> result = await ExecuteAsync(server, TimeSpan.Zero, Revoke(server));

        Assert.False(result.IsAccepted);
        Assert.Equal("REVOKED", result.Value.Status);
    }

    /// <summary>Ten minutes are longer than the timeout of a call.</summary>
    [Theory]
    [InlineData("credential/revoke:Unfinished:status=REVOKING,completeafter=10min")]
    [InlineData("credential/revoke:CreatedNull:completeafter=10min")]
    public async Task A_longer_wait_sees_the_end_of_a_revoke(string fault)
    {
        using var server = new FieldServer(fault);

        ApiResult<CadenzaCredential> result = await ExecuteAsync(server, Hour, Revoke(server));

        Assert.False(result.IsAccepted);
        Assert.Equal("REVOKED", result.Value.Status);
        Assert.Equal(1, server.CountOf("/revoke"));

        // The delay doubles from half a second to 10 seconds, of which at least half is waited.
        Assert.InRange(server.CountOf("/list"), 60, 140);
    }

    [Fact]
    public async Task A_longer_wait_sees_the_end_of_a_creation()
    {
        using var server = new FieldServer("credential/create:Accepted:completeafter=10min");

        ApiResult<CadenzaCredential> result = await ExecuteAsync(server, Hour, Create());

        Assert.False(result.IsAccepted);
        Assert.Equal(result.Value.CredentialId, server.Sandbox.GetState().FindByNickname("made later")!.CredentialId);
    }

    [Fact]
    public async Task A_wait_ends_when_its_time_is_up()
    {
        using var server = new FieldServer("credential/revoke:Unfinished:status=REVOKING");
        DateTimeOffset began = server.Time.GetUtcNow();

        ApiException error = await ExecuteAsync(server, TimeSpan.FromMinutes(5), Revoke(server))
            .FailsAsync(CadenzaErrorKind.NotCompleted, RequestOutcome.Unknown);

        Assert.Contains("REVOKING", error.Message, StringComparison.Ordinal);
        Assert.InRange(server.Time.GetUtcNow() - began, TimeSpan.FromMinutes(4.9), TimeSpan.FromMinutes(5.1));
    }

    [Fact]
    public async Task The_last_read_is_at_the_end_of_the_wait()
    {
        using var server = new FieldServer("credential/revoke:Unfinished:completeafter=299s");

        Assert.Equal(
            "REVOKED", (await ExecuteAsync(server, TimeSpan.FromMinutes(5), Revoke(server))).Value.Status);
    }

    [Fact]
    public async Task Progress_names_the_credential_and_its_status()
    {
        using var server = new FieldServer("credential/revoke:Unfinished:status=REVOKING,completeafter=5s");
        var item = new CredentialReference(server.Target.CredentialId, "OKX", "desk 7");

        await ExecuteAsync(server, Hour, new RevokeRequest(item));

        Assert.Equal("Waiting for 'desk 7' to be revoked (REVOKING)", server.Waits.Distinct().Single());
    }

    [Fact]
    public async Task A_canceled_wait_says_that_the_server_had_accepted_the_change()
    {
        using var stop = new CancellationTokenSource();
        using var server = new FieldServer("credential/revoke:Unfinished:status=REVOKING");
        server.OnWait = stop.Cancel;

        RequestCanceledException canceled = await Assert.ThrowsAsync<RequestCanceledException>(() =>
            ExecuteAsync(server, Hour, Revoke(server), stop.Token));

        Assert.True(canceled.IsAccepted);
        Assert.Equal(1, canceled.Attempts);
    }

    private static RevokeRequest Revoke(FieldServer server) =>
        new(new CredentialReference(server.Target.CredentialId));

    private static CreateRequest Create() => new(FieldServer.Creation("made later"));

    private static Task<ApiResult<CadenzaCredential>> ExecuteAsync(
        FieldServer server, TimeSpan wait, ChangeRequest request, CancellationToken cancellationToken = default) =>
        server.Root.ObservedBy(server, completionTimeout: wait)
            .ExecuteAsync(request, cancellationToken: cancellationToken).Bounded();
}
