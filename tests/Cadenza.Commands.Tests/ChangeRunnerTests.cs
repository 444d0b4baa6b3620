using static Cadenza.Commands.Tests.Support.ChangeRuns;

namespace Cadenza.Commands.Tests;

/// <summary>Each item has exactly one output, which is written on the thread of the caller.</summary>
public sealed class ChangeRunnerTests
{
    private readonly RecordingRuntime _host = new();

    [Theory]
    [InlineData(200, "WriteObject")]
    [InlineData(409, "WriteError")]
    [InlineData(502, "WriteError")]
    [InlineData(0, "WriteError")]
    public async Task Each_item_has_exactly_one_output(int status, string expected)
    {
        await using var server = Listing(Wire.Credential("a"), status switch
        {
            0 => Answers.Reset,
            200 => Revoked("a"),
            _ => Answers.Json(Wire.Failure(-130002, "accounts active"), status),
        });

        Revoke(server, _host, new CredentialReference("a", "OKX", "desk a"));

        Assert.Equal(["ShouldProcess", expected], _host.Outputs);

        // The first request compares the credential with the server. If the response to the revoke does not show the
        // outcome, the credential is read back.
        Assert.Equal(status is 0 or 502 ? 3 : 2, _host.Traces.Count);
        Assert.Empty(_host.OtherThreads);
        Assert.Equal([("a (OKX 'desk a')", $"Revoke permanently at {server.BaseAddress.Authority}")], _host.Questions);
    }

    [Theory]
    [InlineData(
        409, "a (OKX 'desk a') was not revoked: accounts active (HTTP 409, errno -130002).",
        CadenzaErrorKind.CredentialInUse)]
    [InlineData(
        500,
        "It is unknown whether a (OKX 'desk a') was revoked: accounts active (HTTP 500, errno -130002).",
        CadenzaErrorKind.ServerError)]
    public async Task An_error_states_whether_the_change_was_made(int status, string message, CadenzaErrorKind kind)
    {
        await using var server = Listing(
            Wire.Credential("a"), Answers.Json(Wire.Failure(-130002, "accounts active"), status));

        Revoke(server, _host, new CredentialReference("a", "OKX", "desk a"));

        CadenzaErrorReport error = Assert.Single(_host.Errors);
        Assert.Equal((message, kind, "Cadenza" + kind, "a"), (error.Message, error.Kind, error.Id, error.Target));
        Assert.False(error.FailsEveryItem);
    }

    [Fact]
    public async Task A_declined_change_sends_and_writes_nothing()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Item(Wire.Credential("a"))));
        var host = new RecordingRuntime { Confirms = false };

        Revoke(server, host, new CredentialReference("a"));

        Assert.Equal(["ShouldProcess"], host.Calls);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(null, "A credential without an id was not revoked: it has no CredentialId.")]
    [InlineData("", "A credential without an id was not revoked: the CredentialId is empty.")]
    [InlineData(" \t", "A credential without an id was not revoked: the CredentialId is empty.")]
    [InlineData("a b", "Credential a b was not revoked: the CredentialId contains white space.")]
    [InlineData("a\nb", "Credential a\uFFFDb was not revoked: the CredentialId contains white space.")]
    [InlineData(
        "a\u001b[2J",
        "Credential a\uFFFD[2J was not revoked: the CredentialId contains a character that is not allowed in an id: "
        + "U+001B.")]
    public async Task An_invalid_id_is_an_error_before_a_prompt_or_a_request(string? id, string message)
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Item(Wire.Credential("a"))));

        Revoke(server, _host, new CredentialReference(id));

        Assert.Equal(["WriteError"], _host.Calls);
        Assert.Equal((CadenzaErrorKind.InvalidCredentialId, message), (_host.Errors[0].Kind, _host.Errors[0].Message));
        Assert.Equal(RequestOutcome.NotSent, _host.Errors[0].Exception.Outcome);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Names_in_prompts_are_sanitized()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Item(Wire.Credential("a"))));
        var host = new RecordingRuntime { Confirms = false };
        using CadenzaConnection connection = TestConnections.Connect(server);
        var item = new CredentialReference("a", "OKX\r\nY", "\u001b[31mred\u202e");

        Run(connection, host, new() { SkipsCheck = true }, new RevokeRequest(item));

        Assert.Equal("a ('OKX\uFFFD\uFFFDY' '\uFFFD[31mred\uFFFD')", host.Questions[0].Target);
    }

    [Fact]
    public async Task An_error_that_fails_every_item_has_this_property()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Failure(-19002), 401));

        Revoke(server, _host, new CredentialReference("a"));

        Assert.True(Assert.Single(_host.Errors).FailsEveryItem);
    }

    [Theory]
    [InlineData("ShouldProcess", 0)]
    [InlineData("WriteTrace", 1)]
    [InlineData("WriteObject", 1)]
    public async Task The_exception_of_a_caller_that_stops_ends_the_command(string call, int requests)
    {
        await using var server = ScriptedServer.Answering(Revoked("a"));
        var host = new RecordingRuntime { OnCall = name => ThrowIf(name == call) };

        Assert.Throws<StoppedException>(() => Revoke(server, host, new CredentialReference("a")));

        Assert.Equal(requests, server.Requests.Count);
    }

    [Fact]
    public async Task Cancelling_ends_the_item_and_its_request()
    {
        await using var server = ScriptedServer.Answering(Answers.Never);
        using var stop = new CancellationTokenSource(200);

        // Without the cancellation, the request would time out, which is another exception.
        Assert.ThrowsAny<OperationCanceledException>(
            () => Revoke(server, _host, new CredentialReference("a"), stop.Token));

        Assert.Equal(["ShouldProcess"], _host.Outputs);
    }

    [Fact]
    public async Task Debug_details_are_written_on_request_and_masked()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Item(Wire.Credential("a"))));
        using CadenzaConnection connection = TestConnections.Connect(server, Canary.Token);
        var host = new RecordingRuntime { WantsDetail = true };
        ApiKeySet keys = TestClients.Keys(Canary.Key, Canary.Secret, Canary.Passphrase);
        Run(connection, host, options: null, Rotation("a", keys));

        TextAssert.Contains("\"apiSecret\":\"***\"", Assert.Single(host.Traces).Detail);
        Canary.AssertNotIn(host.Traces[0].Detail, host.Traces[0].ToString());
        Assert.Equal([("credential a", $"Replace the API keys at {server.BaseAddress.Authority}")], host.Questions);
        Assert.Single(host.Written.OfType<CadenzaCredential>());
    }

    /// <summary>A server that lists one credential in its first response.</summary>
    private static ScriptedServer Listing(string credential, Answer then) =>
        ScriptedServer.Answering(Answers.Json(Wire.List(credential)), then);

    private static void Revoke(
        ScriptedServer server, RecordingRuntime host, CredentialReference item,
        CancellationToken cancellationToken = default)
    {
        using CadenzaConnection connection = TestConnections.Connect(server);
        using var runner = new ChangeRunner(connection, host, ChangeKind.Revoke, cancellationToken: cancellationToken);
        Feed(runner, new RevokeRequest(item));
    }
}
