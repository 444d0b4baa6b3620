using static Cadenza.Commands.Tests.Support.ChangeRuns;

namespace Cadenza.Commands.Tests;

/// <summary>What a person is asked before a change.</summary>
public sealed class ChangeConfirmationTests
{
    private const string Account =
        """{"tradingAccountId":"1","nickname":"Main","status":"INACTIVE","venue":"OKX","credentials":["a"]}""";

    [Fact]
    public async Task The_prompt_for_a_revoke_shows_the_impact_and_the_accounts_are_listed_once()
    {
        await using ScriptedServer server = Server();
        using CadenzaConnection connection = TestConnections.Connect(server);
        var host = new RecordingRuntime { ShowsQuestions = true };

        Revoke(connection, host, "a", "b");

        Assert.Equal(
            [
                "a (OKX 'desk a'): disconnects 1 trading account ('Main')",
                "b (OKX 'desk b'): disconnects no trading account",
            ],
            host.Questions.Select(static question => question.Target));
        Assert.Single(server.Requests, static request => IsAccountList(request.Path));
    }

    [Fact]
    public async Task Without_a_prompt_no_account_is_listed()
    {
        await using ScriptedServer server = Server();
        using CadenzaConnection connection = TestConnections.Connect(server);
        var host = new RecordingRuntime();

        Revoke(connection, host, "a");

        Assert.Single(host.Written);
        Assert.DoesNotContain(server.Requests, static request => request.Method == "GET");
    }

    [Fact]
    public async Task The_prompt_for_a_rotation_lists_no_account()
    {
        await using ScriptedServer server = Server();
        using CadenzaConnection connection = TestConnections.Connect(server);
        var host = new RecordingRuntime { ShowsQuestions = true };

        Run(connection, host, options: null, Rotation("a"));

        Assert.Single(host.Questions);
        Assert.DoesNotContain(server.Requests, static request => IsAccountList(request.Path));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task The_production_warning_follows_the_first_confirmed_change(bool confirms, int warnings)
    {
        await using ScriptedServer server = Server();
        using CadenzaConnection connection = TestConnections.Connect(
            server.BaseAddress, environment: nameof(CadenzaEnvironment.Production));
        var host = new RecordingRuntime { Confirms = confirms };

        Revoke(connection, host, "a", "b");

        Assert.Equal(warnings, host.Warnings.Count);
        Assert.Equal(confirms ? 2 : 0, server.Requests.Count(static request => request.Method != "GET"));
    }

    [Fact]
    public async Task If_the_accounts_are_not_listed_in_time_the_prompt_says_so()
    {
        FakeTimeProvider time = TestClients.CreateTime();
        var isListing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Running(request => IsAccountList(request.Path)
            ? (peer, token) =>
            {
                isListing.TrySetResult();
                return Answers.Never(peer, token);
            }
            : Answers.Json(Respond(request)));
        using CadenzaConnection connection = TestConnections.Connect(server.BaseAddress, timeProvider: time);
        var host = new RecordingRuntime { ShowsQuestions = true };
        Task revoking = Task.Run(() => Revoke(connection, host, "a"));
        await isListing.Task.Bounded();
        time.Advance(TimeSpan.FromSeconds(10));
        await revoking.Bounded();

        Assert.Equal(
            "a (OKX 'desk a'): trading accounts unknown: the server did not return the list within 10 s",
            Assert.Single(host.Questions).Target);
        Assert.Single(host.Written);
    }

    private static void Revoke(CadenzaConnection connection, RecordingRuntime host, params string[] ids) =>
        Run(connection, host, options: null, Revokes(ids));

    private static ScriptedServer Server() => ScriptedServer.Running(static request => Answers.Json(Respond(request)));

    private static string Respond(ReceivedRequest request) =>
        IsAccountList(request.Path) ? Wire.List(Account)
        : request.Method == "GET" ? Wire.List(Wire.Credential("a"), Wire.Credential("b"))
        : Wire.Item(Wire.Credential(IdIn(request), "REVOKED"));

    private static bool IsAccountList(string path) => path.EndsWith("/tradingAccount/list", StringComparison.Ordinal);
}
