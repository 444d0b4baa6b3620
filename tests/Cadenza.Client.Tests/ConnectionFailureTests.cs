using System.Net.Sockets;

namespace Cadenza.Client.Tests;

/// <summary>No answer: what is known of the request then.</summary>
public sealed class ConnectionFailureTests
{
    [Theory]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_stops_before_or_after_its_headers_is_a_timeout_of_unknown_outcome(bool sendsHeaders)
    {
        await using var server = ScriptedServer.Answering(
            sendsHeaders ? Answers.Chunked(static (peer, token) => peer.WaitForCloseAsync(token)) : Answers.Never);
        using CadenzaClient client = TestClients.Create(server, TestClients.ShortTimeout);

        ApiException error = await client.RevokeCredentialAsync("a")
            .FailsAsync(CadenzaErrorKind.Timeout, RequestOutcome.Unknown);
        ListResult list = await ListResult.OfAsync(client);

        Assert.Null(error.HttpStatus);
        Assert.Contains("within 1 s", error.Message, StringComparison.Ordinal);
        Assert.Equal(CadenzaErrorKind.Timeout, list.Failure?.Kind);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_ends_without_an_answer_leaves_the_outcome_unknown(bool isReset)
    {
        await using var server = ScriptedServer.Answering(isReset ? Answers.Reset : Answers.Close);

        await server.Client.RevokeCredentialAsync("a")
            .FailsAsync(CadenzaErrorKind.ConnectionFailed, RequestOutcome.Unknown);

        Assert.Single(server.RequestsTo("/revoke"));
    }

    [Fact]
    public async Task A_change_is_not_sent_again_behind_our_back_on_a_connection_that_was_used_before()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Item(Wire.Credential("a"))), Answers.Close);
        await server.Client.RotateCredentialAsync("a", TestClients.Keys()).Bounded();

        ApiException error = await server.Client.RevokeCredentialAsync("a").FailsAsync();

        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        Assert.Equal(
            ["rotate", "revoke"],
            server.Requests.Select(static request => request.Path.Split('/')[^1]).Where(static page => page != "list"));
    }

    [Fact]
    public async Task A_refused_connection_sent_nothing()
    {
        using CadenzaClient client = TestClients.Create(ScriptedServer.FindDeafAddress());

        await client.RevokeCredentialAsync("a").FailsAsync(CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent);
    }

    /// <summary>The lookup fails here without a question to the name server of the machine.</summary>
    [Fact]
    public async Task An_unknown_host_was_sent_nothing()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = static (_, _) => throw new SocketException((int)SocketError.HostNotFound),
        };
        using CadenzaClient client = TestClients.Create(handler);

        await client.RevokeCredentialAsync("a").FailsAsync(CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent);
    }

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public async Task A_server_that_does_not_speak_tls_was_sent_nothing()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.List()));
        using CadenzaClient client = TestClients.Create(
            new UriBuilder(server.BaseAddress) { Scheme = "https" }.Uri,
            TimeSpan.FromSeconds(5));
        using var bounded = new CancellationTokenSource(Bound.Time);

        // The handshake's bytes are no request, so the server waits for more of one until the client has given up.
        var error = await Assert.ThrowsAsync<ApiException>(() => client.RevokeCredentialAsync("a", bounded.Token));

        Assert.Empty(server.Requests);
#if CLIENT_NETSTANDARD
        Assert.Contains(error.Kind, new[] { CadenzaErrorKind.CertificateRejected, CadenzaErrorKind.Timeout });
#else
        Assert.Equal(RequestOutcome.NotSent, error.Outcome);
#endif
    }

#if CLIENT_NETSTANDARD
    // This build can always tell a broken answer from a broken connection on .NET Framework only.
    private static readonly CadenzaErrorKind[] BrokenProtocol =
        [CadenzaErrorKind.ConnectionFailed, CadenzaErrorKind.BadResponse];
#else
    private static readonly CadenzaErrorKind[] BrokenProtocol = [CadenzaErrorKind.BadResponse];
#endif

    [Theory]
    [InlineData("rubbish\r\n\r\n")]
    [InlineData("HTTP/1.1 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n")]
    public Task An_answer_that_is_not_http_leaves_the_outcome_unknown(string bytes) =>
        AssertProtocolErrorAsync(Answers.Raw(bytes));

    [Fact]
    public Task Headers_without_end_are_not_read_without_end() =>
        AssertProtocolErrorAsync(Answers.Empty(200, "X-Long: " + new string('x', 100_000)));

    [Fact]
    public async Task Cancelling_ends_a_change_at_once()
    {
        await using var server = ScriptedServer.Answering(Answers.Never);
        using CadenzaClient client = TestClients.Create(server, TimeSpan.FromMinutes(5));
        using var stop = new CancellationTokenSource(200);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.RevokeCredentialAsync("a", stop.Token).Bounded());
    }

    private static async Task AssertProtocolErrorAsync(Answer answer)
    {
        await using var server = ScriptedServer.Answering(answer);

        ApiException error = await server.Client.RevokeCredentialAsync("a").FailsAsync();

        Assert.Contains(error.Kind, BrokenProtocol);
        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
    }
}
