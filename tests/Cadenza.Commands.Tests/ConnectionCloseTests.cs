namespace Cadenza.Commands.Tests;

/// <summary>Closing a connection signs a login out, and the connection is closed also if this fails.</summary>
public sealed class ConnectionCloseTests
{
    private readonly RecordingRuntime _runtime = new();

    [Fact]
    public void A_login_is_signed_out_and_the_connection_is_closed()
    {
        using var sandbox = new SandboxHandler(new SandboxOptions());
        CadenzaConnection connection = Login(sandbox, sandbox.BaseAddress);

        ConnectionRunner.Close(connection, _runtime, CancellationToken.None);

        Assert.True(connection.IsClosed);
        Assert.Equal("/api/v3/auth/logout", sandbox.Requests[^1].Path);
        Assert.Empty(_runtime.Warnings);
    }

    [Fact]
    public void A_connection_with_an_access_token_is_closed_without_a_request()
    {
        using var sandbox = new SandboxHandler(new SandboxOptions());
        CadenzaConnection connection = TestConnections.Connect(sandbox);

        ConnectionRunner.Close(connection, _runtime, CancellationToken.None);

        Assert.True(connection.IsClosed);
        Assert.Empty(sandbox.Requests);
    }

    [Fact]
    public void If_signing_out_fails_there_is_one_warning_and_the_connection_is_closed()
    {
        using var sandbox = new SandboxHandler(new SandboxOptions());
        using var refusing = new RefusedLogout(sandbox);
        CadenzaConnection connection = Login(refusing, sandbox.BaseAddress);

        ConnectionRunner.Close(connection, _runtime, CancellationToken.None);

        Assert.True(connection.IsClosed);
        Assert.Single(_runtime.Warnings);
        Assert.Empty(_runtime.Errors);
    }

    private CadenzaConnection Login(HttpMessageHandler handler, Uri address) => ConnectionRunner.Open(
        new ConnectionPlan
        {
            BaseUri = address,
            Environment = "Custom",
            Handler = handler,
            Email = "admin@sandbox.example",
            Password = SecretText.Wrap("sandbox-password"),
        },
        skipCheck: false,
        _runtime,
        CancellationToken.None)!;

    private sealed class RefusedLogout(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.AbsolutePath.EndsWith("/logout", StringComparison.Ordinal)
                ? Task.FromResult(WatchServer.Answer(HttpStatusCode.Forbidden, Wire.Failure(-22018)))
                : base.SendAsync(request, cancellationToken);
    }
}
