using Cadenza.Client;

namespace Cadenza.Commands.Tests;

public sealed class VerificationTests
{
    private const string Accounts = """
        {"data":[
          {"tradingAccountId":"t1","venue":"OKX","accountType":"SPOT","status":"ACTIVE",
            "credentials":[{"credentialId":"a","extra":{"x":[1]}}]},
          {"tradingAccountId":"t2","venue":"OKX","status":"NEW",
            "credentials":[{"credentialId":"a"},{"venue":"OKX","credentialId":"b"}]},
          {"venue":"OKX","status":"NEW","credentials":[{"credentialId":"b"}]}
        ],"success":true,"errno":0}
        """;

    private readonly RecordingRuntime _host = new();

    [Fact]
    public async Task Accounts_in_a_response_are_assigned_to_the_credentials_that_they_use()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Accounts));
        using CadenzaClient client = TestClients.Create(server);

        IReadOnlyList<VerificationResult> results = (
            await client.TryVerifyCredentialsAsync(["a", "b", "c"]).Bounded())!;

        Assert.Equal(["a", "b", "c"], results.Select(static r => r.CredentialId));
        Assert.Equal([true, true, false], results.Select(static r => r.Passed));
        Assert.Equal([2, 2, 0], results.Select(static r => r.Accounts.Count));
        Assert.Equal([null, null, "The key gives access to no account."], results.Select(static r => r.Message));
    }

    [Theory]
    [InlineData(
        """{"data":[{"credentialId":"a","status":"VERIFIED"},{"credentialId":"b","status":"FAILED"}],"""
        + "\"success\":true,\"errno\":0}",
        200)]
    [InlineData("""{"data":{"credentialId":"a","status":"VERIFIED"},"success":true,"errno":0}""", 200)]
    [InlineData("""{"data":[],"success":true,"errno":0}""", 200)]
    [InlineData("""{"data":[{"tradingAccountId":"t1"}],"success":true,"errno":0}""", 200)]
    [InlineData("""{"data":[7],"success":true,"errno":0}""", 200)]
    [InlineData("""{"data":null,"success":false,"errno":-22015,"error":"one at a time"}""", 400)]
    [InlineData("""{"data":null,"success":false,"errno":-22016,"error":"not found"}""", 404)]
    [InlineData("""{"data":null,"success":false,"errno":-22006,"error":"bad key"}""", 400)]
    public async Task A_response_that_does_not_distinguish_credentials_is_not_used_for_a_batch(string json, int status)
    {
        await using var server = ScriptedServer.Answering(Answers.Json(json, status));
        using CadenzaClient client = TestClients.Create(server);

        Assert.Null(await client.TryVerifyCredentialsAsync(["a", "b"]).Bounded());
    }

    [Fact]
    public async Task A_key_that_the_exchange_rejects_is_a_result_and_not_an_error()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Failure(-18022, "Invalid API key"), 401));
        using CadenzaClient client = TestClients.Create(server);

        VerificationResult result = await client.VerifyCredentialAsync("a").Bounded();

        Assert.Equal(("a", false, "Invalid API key"), (result.CredentialId, result.Passed, result.Message));
    }

    [Fact]
    public async Task A_batch_that_fails_is_one_error_for_each_credential()
    {
        await using var server = ScriptedServer.Answering(Answers.Html());

        Verify(server, new("a"), new("b"), new("c"));

        Assert.Equal(["a", "b", "c"], _host.Errors.Select(static e => e.Target));
        Assert.Empty(_host.Written);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("a", "cadenza.example", "CadenzaWrongServer")]
    [InlineData("a b", null, "CadenzaInvalidCredentialId")]
    public async Task A_credential_that_cannot_be_verified_is_an_error_and_the_others_are_verified(
        string id, string? origin, string errorId)
    {
        await using var server = ScriptedServer.Answering(
            Answers.Json(Wire.Item("""{"credentialId":"b","valid":true}""")));

        Verify(server, new CredentialReference(id, "OKX", "desk 7") { Server = origin }, new("b"));

        CadenzaErrorReport error = Assert.Single(_host.Errors);
        Assert.Equal((errorId, RequestOutcome.NotSent), (error.Id, error.Exception.Outcome));
        Assert.Equal("b", Assert.Single(_host.Written.Cast<VerificationResult>()).CredentialId);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task If_the_status_of_a_rejected_credential_is_unknown_the_rejection_is_reported()
    {
        await using var server = ScriptedServer.Running(static request =>
            request.Method == "POST" ? Answers.Json(Wire.Failure(-22015, "no"), 400) : Answers.Html());

        Verify(server, new CredentialReference("a"));

        Assert.Empty(_host.Written);
        Assert.Equal("CadenzaInvalidRequest", Assert.Single(_host.Errors).Id);
    }

    [Theory]
    [InlineData("REVOKED")]
    [InlineData("revoked")]
    public async Task A_revoked_credential_is_a_result_for_which_no_request_is_sent(string status)
    {
        await using var server = ScriptedServer.Answering(Answers.Html());

        Verify(server, new CredentialReference("a", "OKX", "desk 7") { Status = status });

        VerificationResult result = Assert.Single(_host.Written.Cast<VerificationResult>());
        Assert.Equal(
            ("a", "OKX", "desk 7", VerificationAnswer.NotApplicable),
            (result.CredentialId, result.Venue, result.Nickname, result.Answer));
        Assert.Empty(_host.Errors);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("REVOKED", 1, 0)]
    [InlineData("VERIFIED", 0, 1)]
    public async Task A_request_that_is_invalid_because_the_credential_is_revoked_is_a_result(
        string status, int results, int errors)
    {
        await using var server = ScriptedServer.Running(request =>
            request.Target.Contains("/verify", StringComparison.Ordinal)
                ? Answers.Json(Wire.Failure(-22015, "Credential is revoked"), 400)
                : Answers.Json(Wire.List(Wire.Credential("a", status: status))));

        Verify(server, new CredentialReference("a"));

        Assert.Equal((results, errors), (_host.Written.Count, _host.Errors.Count));
    }

    private void Verify(ScriptedServer server, params CredentialReference[] items) =>
        ChangeRuns.Verify(server, _host, Throttle.Default, items);
}
