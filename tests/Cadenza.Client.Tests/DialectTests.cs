using Cadenza.SandboxServer;

namespace Cadenza.Client.Tests;

/// <summary>The sandbox over a socket, in each of the three dialects: one model comes out.</summary>
public sealed class DialectTests
{
    [Theory]
    [InlineData(SandboxDialect.Guide)]
    [InlineData(SandboxDialect.EndpointPage)]
    [InlineData(SandboxDialect.OpenApi)]
    public async Task Every_credential_of_the_server_comes_out_with_what_the_server_knows(SandboxDialect dialect)
    {
        await using SandboxHost host = await SandboxHost.StartAsync(new SandboxOptions { Dialect = dialect });
        using CadenzaClient client = TestClients.Create(host);

        ListResult listing = await ListResult.OfAsync(client);

        Assert.Null(listing.Failure);
        Assert.Equal(listing.Rows.Count, listing.Credentials.Count);
        Assert.Equal(
            host.Sandbox.GetState().Credentials.Select(static c => (c.CredentialId, c.Venue, c.Nickname, c.Status)),
            listing.Credentials.Select(static c => (c.CredentialId, c.Venue!, c.Nickname, c.Status!)));
        Assert.All(
            listing.Credentials,
            static credential =>
            {
                Assert.NotNull(credential.CreatedAt);
                Assert.NotNull(credential.UpdatedAt);
                Assert.Empty(credential.AdditionalProperties);
            });
    }

    [Theory]
    [InlineData(SandboxDialect.Guide, "VERIFIED")]
    [InlineData(SandboxDialect.EndpointPage, "ACTIVE")]
    [InlineData(SandboxDialect.OpenApi, "ACTIVE")]
    public async Task A_rotation_puts_the_new_keys_in_force(SandboxDialect dialect, string status)
    {
        await using SandboxHost host = await SandboxHost.StartAsync(new SandboxOptions { Dialect = dialect });
        using CadenzaClient client = TestClients.Create(host);
        string id = host.Sandbox.GetState().FindByNickname("Treasury hedge")!.CredentialId;

        CadenzaCredential credential = await client
            .RotateCredentialAsync(id, TestClients.Keys("k3y-of-okx", "s3cret", "phrase"))
            .Bounded();

        Assert.Equal(
            (id, "OKX", "Treasury hedge", status),
            (credential.CredentialId, credential.Venue, credential.Nickname, credential.Status));
        Assert.Equal(
            KeyFingerprint.Compute("k3y-of-okx", "s3cret", "phrase"),
            host.Sandbox.FindCredential(id)!.Fingerprint);
    }

    [Theory]
    [InlineData(SandboxDialect.Guide)]
    [InlineData(SandboxDialect.EndpointPage)]
    [InlineData(SandboxDialect.OpenApi)]
    public async Task A_revoke_is_for_good_and_a_second_one_is_refused(SandboxDialect dialect)
    {
        await using SandboxHost host = await SandboxHost.StartAsync(new SandboxOptions { Dialect = dialect });
        using CadenzaClient client = TestClients.Create(host);
        string id = host.Sandbox.GetState().FindByNickname("Treasury hedge")!.CredentialId;

        CadenzaCredential credential = await client.RevokeCredentialAsync(id).Bounded();
        ApiException again = await client.RevokeCredentialAsync(id).FailsAsync();

        Assert.Equal((id, "REVOKED"), (credential.CredentialId, credential.Status));
        Assert.Equal(CadenzaErrorKind.AlreadyRevoked, again.Kind);
        Assert.True(host.Sandbox.FindCredential(id)!.IsRevoked);
        Assert.Equal(1, host.Sandbox.FindCredential(id)!.Changes);
    }

    [Theory]
    [InlineData(SandboxSeeds.BlockedNickname, 409, CadenzaErrorKind.CredentialInUse)]
    [InlineData(SandboxSeeds.ColleagueNickname, 403, CadenzaErrorKind.AccessDenied)]
    [InlineData("Old prop desk", 400, CadenzaErrorKind.AlreadyRevoked)]
    [InlineData(null, 404, CadenzaErrorKind.CredentialNotFound)]
    public async Task A_revoke_that_the_server_refuses_says_why_and_changes_nothing(
        string? nickname,
        int status,
        CadenzaErrorKind kind)
    {
        await using SandboxHost host = await SandboxHost.StartAsync(new SandboxOptions());
        using CadenzaClient client = TestClients.Create(host);
        string id = nickname is null
            ? Guid.Empty.ToString()
            : host.Sandbox.GetState().FindByNickname(nickname)!.CredentialId;

        ApiException error = await client.RevokeCredentialAsync(id).FailsAsync();

        Assert.Equal((kind, RequestOutcome.Rejected, (int?)status), (error.Kind, error.Outcome, error.HttpStatus));
        Assert.NotNull(error.RequestId);
        Assert.All(host.Sandbox.GetState().Credentials, static credential => Assert.Equal(0, credential.Changes));
    }

    [Theory]
    [InlineData("bad-key", "phrase", CadenzaErrorKind.InvalidApiKey)]
    [InlineData("good-key", null, CadenzaErrorKind.InvalidRequest)]
    public async Task A_rotation_that_the_server_refuses_leaves_the_old_keys_in_force(
        string key,
        string? passphrase,
        CadenzaErrorKind kind)
    {
        await using SandboxHost host = await SandboxHost.StartAsync(new SandboxOptions());
        using CadenzaClient client = TestClients.Create(host);
        SandboxCredential before = host.Sandbox.GetState().FindByNickname("Treasury hedge")!;

        await client.RotateCredentialAsync(before.CredentialId, TestClients.Keys(key, "s3cret", passphrase))
            .FailsAsync(kind, RequestOutcome.Rejected);

        Assert.Equal(before.Fingerprint, host.Sandbox.FindCredential(before.CredentialId)!.Fingerprint);
    }
}
