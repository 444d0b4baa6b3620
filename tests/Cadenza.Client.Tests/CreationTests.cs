namespace Cadenza.Client.Tests;

/// <summary>
/// What becomes of a creation whose answer is lost, where the list has more than the chaos test's server allows.
/// </summary>
public sealed class CreationTests
{
    [Fact]
    public Task The_only_one_that_it_can_be_is_taken_for_the_created_one() => AssertFirstIsTakenAsync(Answers.Reset);

    [Fact]
    public async Task Of_two_that_it_can_be_neither_is_taken_and_it_stays_unknown()
    {
        await using var server = ScriptedServer.Answering(
            Answers.Reset,
            Answers.Json(Wire.List(Candidate("a"), Candidate("b"))));

        ApiException error = await server.Client.CreateCredentialAsync(Wanted()).FailsAsync();

        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        Assert.Single(server.RequestsTo("/create"));
        Assert.Single(server.RequestsTo("/list"));
    }

    [Fact]
    public Task A_creation_whose_response_is_lost_is_never_sent_again() =>
        AssertFirstIsTakenAsync(Answers.Reset, Wire.List(Candidate("a")), retries: 3);

    [Fact]
    public Task A_response_about_another_credential_is_not_taken_for_the_created_one() =>
        AssertFirstIsTakenAsync(Answers.Json(Wire.Item(Candidate("b", nickname: "other"))));

    [Fact]
    public async Task A_response_about_another_credential_is_not_taken_for_the_revoked_one()
    {
        await using var server = ScriptedServer.Answering(
            Answers.Json(Wire.Item(Wire.Credential("b", "REVOKED"))),
            Answers.Json(Wire.List(Wire.Credential("a", "REVOKED"))));

        CadenzaCredential revoked = await server.Client.RevokeCredentialAsync("a").Bounded();

        Assert.Equal("a", revoked.CredentialId);
        Assert.Single(server.RequestsTo("/revoke"));
    }

    /// <summary>
    /// The response to the create does not identify the credential. Only the first of the list can be the created one.
    /// </summary>
    private static async Task AssertFirstIsTakenAsync(Answer toCreate, string? list = null, int retries = 0)
    {
        list ??= Wire.List(Candidate("a"), Candidate("b", nickname: "other"));
        await using var server = ScriptedServer.Answering(toCreate, Answers.Json(list));
        using CadenzaClient client = TestClients.Create(server, retries: retries);

        CadenzaCredential created = await client.CreateCredentialAsync(Wanted()).Bounded();

        Assert.Equal("a", created.CredentialId);
        Assert.Single(server.RequestsTo("/create"));
    }

    private static NewCredential Wanted() => new("OKX", TestClients.Keys()) { Nickname = "desk 7" };

    private static string Candidate(string id, string nickname = "desk 7") =>
        $$"""{"credentialId":"{{id}}","venue":"OKX","nickname":"{{nickname}}","createdAt":{{DateTimeOffset.UtcNow.AddMinutes(1).ToUnixTimeMilliseconds()}}}""";
}
