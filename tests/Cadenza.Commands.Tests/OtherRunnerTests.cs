using Cadenza.Client;
using Cadenza.Commands.Listing;
using Cadenza.SandboxServer;
using static Cadenza.Commands.Tests.Support.ChangeRuns;

namespace Cadenza.Commands.Tests;

/// <summary>Lists and connections for a caller on its own thread.</summary>
public sealed class OtherRunnerTests
{
    private readonly RecordingRuntime _host = new();

    [Fact]
    public async Task A_list_is_written_in_order_on_the_thread_of_the_caller()
    {
        string page = Wire.ListWith(
            ""","pagination":{"hasNext":true}""", Wire.Credential("a"), "null", Wire.Credential("b"));
        await using var server = ScriptedServer.Answering(Answers.Json(page));
        using CadenzaClient client = TestClients.Create(server);

        ListRunner.Run(client, _host, new CredentialFilter { CredentialIds = ["a", "b", "c"] }, CancellationToken.None);

        Assert.Equal(["a", "b"], WrittenIds(_host));
        Assert.Equal("WriteObject", _host.Outputs.First());
        TextAssert.StartsWith("Cannot determine whether the credential with id 'c' exists", _host.Errors[^1].Message);
        Assert.Equal("c", _host.Errors[^1].Target);
        Assert.NotEmpty(_host.Warnings);
        Assert.Empty(_host.OtherThreads);
    }

    [Fact]
    public async Task A_list_that_fails_is_one_error()
    {
        await using var server = ScriptedServer.Answering(Answers.Html());
        using CadenzaClient client = TestClients.Create(server);

        ListRunner.Run(client, _host, CredentialFilter.All, CancellationToken.None);

        Assert.Equal(["WriteError"], _host.Outputs);
        Assert.Equal(("CadenzaBadResponse", null), (_host.Errors[0].Id, _host.Errors[0].Target));
    }

    [Fact]
    public async Task A_caller_that_stops_ends_the_list_and_its_request()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Answering(Answers.Chunked(async (peer, token) =>
        {
            await peer.WriteChunkAsync("{\"data\":[" + Wire.Credential("a"), token);
            await peer.WaitForCloseAsync(token);
            closed.TrySetResult();
        }));
        using CadenzaClient client = TestClients.Create(server);
        var host = new RecordingRuntime { OnCall = static name => ThrowIf(name == "WriteObject") };

        Assert.Throws<StoppedException>(
            () => ListRunner.Run(client, host, CredentialFilter.All, CancellationToken.None));

        await closed.Task.Bounded();
        Assert.Equal(["WriteObject"], host.Outputs);
    }

    [Fact]
    public async Task Connecting_checks_the_token_and_shows_its_user_but_never_the_token()
    {
        await using SandboxHost sandbox = await SandboxHost.StartAsync(new SandboxOptions());
        string token = sandbox.Sandbox.IssueAccessToken();

        using CadenzaConnection connection = Open(sandbox, token)!;

        Assert.Equal(
            ("Custom", "admin@sandbox.example", false), (connection.Environment, connection.User, connection.IsLogin));
        Assert.Equal(sandbox.BaseAddress.Authority, connection.Host);
        Assert.NotNull(connection.TokenExpiresAt);
        Assert.Equal($"Custom ({connection.Host})", connection.ToString());
        TextAssert.DoesNotContain(token, JsonSerializer.Serialize(connection));
        Assert.Equal(["/api/v3/auth/user"], sandbox.Sandbox.Requests.Select(static request => request.Path));
        Assert.Empty(_host.OtherThreads);
    }

    [Fact]
    public async Task Skipping_the_check_sends_nothing()
    {
        await using SandboxHost sandbox = await SandboxHost.StartAsync(new SandboxOptions());

        using CadenzaConnection? connection = Open(sandbox, "opaque", skipCheck: true);

        Assert.NotNull(connection);
        Assert.Null(connection.User);
        Assert.Equal(0, sandbox.Sandbox.RequestCount);
    }

    [Fact]
    public async Task A_token_that_the_server_rejects_opens_no_connection()
    {
        await using SandboxHost sandbox = await SandboxHost.StartAsync(new SandboxOptions());

        Assert.Null(Open(sandbox, "canary-token"));

        CadenzaErrorReport error = Assert.Single(_host.Errors);
        Assert.Equal(CadenzaErrorKind.Unauthorized, error.Kind);
        TextAssert.StartsWith(
            $"Not connected to {sandbox.BaseAddress.GetLeftPart(UriPartial.Authority)}: ", error.Message);
        TextAssert.DoesNotContain("canary", error.Message + error.Exception);
    }

    [Theory]
    [InlineData("sandbox-password", true)]
    [InlineData("canary-password", false)]
    public async Task A_login_requires_the_right_password_and_closing_signs_out(string password, bool isRight)
    {
        await using SandboxHost sandbox = await SandboxHost.StartAsync(new SandboxOptions());
        var plan = new ConnectionPlan
        {
            BaseUri = sandbox.BaseAddress,
            Environment = "Custom",
            Email = "admin@sandbox.example",
            Password = SecretText.Wrap(password),
        };

        CadenzaConnection? connection = ConnectionRunner.Open(plan, skipCheck: false, _host, CancellationToken.None);

        Assert.Equal(isRight, connection is not null);
        if (connection is null)
        {
            Assert.Equal(CadenzaErrorKind.LoginRejected, Assert.Single(_host.Errors).Kind);
            TextAssert.DoesNotContain("canary", _host.Errors[0].Message + _host.Errors[0].Exception);
            return;
        }

        ConnectionRunner.Close(connection, _host, CancellationToken.None);
        Assert.Equal(
            ["/api/v3/auth/login", "/api/v3/auth/logout"],
            sandbox.Sandbox.Requests.Select(static request => request.Path));
        Assert.All(sandbox.Sandbox.Requests, static request => Assert.Equal(200, request.Status));
        Assert.Empty(_host.Warnings);
    }

    private CadenzaConnection? Open(SandboxHost sandbox, string token, bool skipCheck = false) => ConnectionRunner.Open(
        new() { BaseUri = sandbox.BaseAddress, Environment = "Custom", AccessToken = SecretText.Wrap(token) },
        skipCheck,
        _host,
        CancellationToken.None);
}
