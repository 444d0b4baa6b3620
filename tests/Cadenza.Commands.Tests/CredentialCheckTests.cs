using static Cadenza.Commands.Tests.Support.ChangeRuns;

namespace Cadenza.Commands.Tests;

/// <summary>When the credentials of the input are compared with the server.</summary>
public sealed class CredentialCheckTests
{
    private readonly RecordingRuntime _host = new();

    private readonly FakeTimeProvider _time = TestClients.CreateTime();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(59, 0)]
    [InlineData(60, 1)]
    [InlineData(0, 1, true)]
    public async Task A_credential_that_its_connection_read_less_than_a_minute_ago_needs_no_list(
        int age, int lists, bool isReadByAnother = false)
    {
        await using ScriptedServer server = Server();
        using CadenzaConnection connection = Connect(server);
        using CadenzaConnection another = Connect(server);
        CadenzaCredential[] read = await ReadAsync(isReadByAnother ? another : connection);
        int before = server.Requests.Count;
        _time.Advance(TimeSpan.FromSeconds(age));

        Revoke(connection, _host, read.Select(CredentialReference.Of));

        Assert.Equal(3, _host.Written.Count);
        Assert.Equal(lists, server.Requests.Skip(before).Count(static request => request.Method == "GET"));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task An_id_needs_a_list_only_if_something_is_shown_about_it(bool showsQuestions, int lists)
    {
        await using ScriptedServer server = Server();
        using CadenzaConnection connection = Connect(server);
        var host = new RecordingRuntime { ShowsQuestions = showsQuestions };

        Run(connection, host, options: null, Rotation("a"));

        Assert.Single(host.Written);
        Assert.Equal(lists, server.Requests.Count(static request => request.Method == "GET"));
        Assert.Equal(showsQuestions ? "a (OKX 'desk a')" : "credential a", host.Questions[0].Target);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_credential_of_another_server_is_refused_even_if_the_comparison_is_skipped(bool isSkipped)
    {
        await using ScriptedServer server = Server();
        using CadenzaConnection connection = Connect(server);
        var item = new CredentialReference("a", "OKX") { Server = "cadenza.example" };

        Run(connection, _host, new() { SkipsCheck = isSkipped }, new RevokeRequest(item));

        Assert.Equal(CadenzaErrorKind.WrongServer, Assert.Single(_host.Errors).Kind);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_failed_list_is_one_error_for_each_credential_and_is_not_requested_again()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Failure(-22000), 500));
        using CadenzaConnection connection = Connect(server);

        Revoke(connection, _host, new CredentialReference("a", "OKX"), new CredentialReference("b", "OKX"));

        Assert.Empty(_host.Questions);
        Assert.Equal(["a", "b"], _host.Errors.Select(static error => error.Target));
        Assert.All(_host.Errors, static error => Assert.Equal(
            (CadenzaErrorKind.CheckFailed, RequestOutcome.NotSent), (error.Kind, error.Exception.Outcome)));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("[{\"credentialId\":\"a\",\"venue\":\"OKX\"},17]", CadenzaErrorKind.CheckFailed)]
    [InlineData("[{\"credentialId\":\"a\",\"venue\":\"OKX\"}]", CadenzaErrorKind.CredentialNotFound)]
    public async Task A_missing_credential_is_not_found_only_if_the_list_is_complete(string data, CadenzaErrorKind kind)
    {
        await using var server = ScriptedServer.Running(request => Answers.Json(request.Method == "GET"
            ? $$"""{"data":{{data}},"success":true,"errno":0}"""
            : Wire.Item(Wire.Credential("a", "REVOKED"))));
        using CadenzaConnection connection = Connect(server);

        Revoke(connection, _host, new CredentialReference("a", "OKX"), new CredentialReference("b", "OKX"));

        Assert.Equal("a", Assert.Single(WrittenIds(_host)));
        CadenzaErrorReport error = Assert.Single(_host.Errors);
        Assert.Equal((kind, "b"), (error.Kind, error.Target));
    }

    [Fact]
    public async Task A_result_is_written_before_the_next_prompt_of_a_person()
    {
        await using ScriptedServer server = Server();
        using CadenzaConnection connection = TestConnections.Connect(server);
        var time = new FakeTimeProvider();
        var host = new RecordingRuntime
        {
            // Longer than a program takes to answer.
            OnCall = call => time.Advance(TimeSpan.FromMilliseconds(call == "ShouldProcess" ? 150 : 0)),
        };
        Run(connection, host, new() { PromptTime = time }, Revokes("a", "b", "c"));

        Assert.Equal(
            ["ShouldProcess", "WriteObject", "ShouldProcess", "WriteObject", "ShouldProcess", "WriteObject"],
            host.Outputs);
        Assert.Equal(["a", "b", "c"], WrittenIds(host));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(Throttle.Default, 2 + Throttle.Default)]
    public void A_server_that_cannot_be_reached_for_three_items_ends_the_command(int throttleLimit, int maxErrors)
    {
        using CadenzaConnection connection = TestConnections.Connect(
            ScriptedServer.FindDeafAddress(), timeProvider: _time);
        var host = new RecordingRuntime { StopsAtTerminatingError = true };
        int enumerated = 0;
        using (var runner = new ChangeRunner(
            connection, host, ChangeKind.Revoke, new() { ThrottleLimit = throttleLimit }))
        {
            Assert.Throws<StoppedException>(() => Feed(runner, Revokes(Ids(40)).Where(_ => ++enumerated > 0)));
        }

        CadenzaErrorReport last = host.Errors[^1];
        Assert.Equal(
            (CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent, (string?)null),
            (last.Kind, last.Exception.Outcome, last.Target));
        Assert.InRange(host.Errors.Count - 1, 3, maxErrors);
        Assert.Equal(host.Errors.Count, enumerated);
        Assert.All(host.Errors.SkipLast(1), static error => Assert.False(error.FailsEveryItem));
    }

    [Fact]
    public void Only_failures_in_a_row_that_were_not_sent_are_an_outage()
    {
        var outage = new OutageDetector();
        ApiException notConnected = Failure(CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent);

        ApiException?[] others =
        [
            null,
            Failure(CadenzaErrorKind.ConnectionFailed, RequestOutcome.Unknown),
            Failure(CadenzaErrorKind.RateLimited, RequestOutcome.NotSent),
            Failure(CadenzaErrorKind.CredentialInUse, RequestOutcome.Rejected),
        ];
        foreach (ApiException? other in others)
        {
            Observe(notConnected, notConnected, other, notConnected, notConnected);
            Assert.False(outage.IsServerDown);
            outage.Observe(null);
        }

        Observe(notConnected, notConnected, notConnected);
        Assert.True(outage.IsServerDown);

        void Observe(params ApiException?[] failures) => Array.ForEach(failures, outage.Observe);
    }

    private static ApiException Failure(CadenzaErrorKind kind, RequestOutcome outcome) => new(kind, outcome, "failure");

    /// <summary>A server with three credentials.</summary>
    private static ScriptedServer Server() => ScriptedServer.Running(static request => Answers.Json(
        request.Method == "GET"
            ? Wire.List(Wire.Credential("a"), Wire.Credential("b"), Wire.Credential("c"))
            : Wire.Item(Wire.Credential(IdIn(request), "REVOKED"))));

    private static async Task<CadenzaCredential[]> ReadAsync(CadenzaConnection connection)
    {
        ListResult list = await ListResult.OfAsync(connection.GetClient());
        Assert.Null(list.Failure);
        return [.. list.Credentials];
    }

    private static void Revoke(
        CadenzaConnection connection, RecordingRuntime host, params IEnumerable<CredentialReference> items) =>
        Run(connection, host, options: null, items.Select(static item => new RevokeRequest(item)));

    private CadenzaConnection Connect(ScriptedServer server) =>
        TestConnections.Connect(server.BaseAddress, timeProvider: _time);
}
