using static Cadenza.Commands.Tests.Support.ChangeRuns;

namespace Cadenza.Commands.Tests.Journal;

/// <summary>Changes that the server accepted and carries out later, without waiting for them.</summary>
public sealed class AcceptedChangeTests : JournalTest
{
    private readonly SkippingTimeProvider _time = new();
    private readonly RecordingRuntime _host = new() { WantsTrace = false };

    [Fact]
    public void An_accepted_revoke_is_written_with_a_warning_and_is_not_applied()
    {
        using SandboxHandler sandbox = CreateSandbox("credential/revoke:Unfinished:status=REVOKING,completeafter=1min");
        using CadenzaConnection connection = TestConnections.Connect(sandbox, _time);

        Revoke(connection, IdOf(sandbox, "Treasury hedge"), IdOf(sandbox, "Lending ladder"));

        Assert.All(_host.Written.Cast<CadenzaCredential>(), static item => Assert.Equal("REVOKING", item.Status));
        Assert.Equal(
            "The server accepted 2 requests and completes them later. The credentials may not be revoked yet.",
            Assert.Single(_host.Warnings));
        Assert.Equal(
            ["Accepted", "Accepted", "Intent", "Intent"], Folder.Entries.Select(static line => line.Event).Order());
    }

    [Theory]
    [InlineData("completeafter=1min", 1)]
    [InlineData("times=1", 2)]
    public void The_next_run_sends_an_accepted_revoke_again_only_if_it_is_not_completed(string fault, int sent)
    {
        using SandboxHandler sandbox = CreateSandbox("credential/revoke:Unfinished:" + fault);
        using CadenzaConnection connection = TestConnections.Connect(sandbox, _time);
        string id = IdOf(sandbox, "Treasury hedge");
        Revoke(connection, id);
        _time.Advance(TimeSpan.FromMinutes(2));

        Revoke(connection, id);

        Assert.Equal(JournalEvent.Applied, Folder.Entries[^1].Event);
        Assert.Equal(sent, CountOf(sandbox, "/revoke"));
        Assert.Empty(_host.Errors);
    }

    /// <summary>The accepted creation may still be carried out: two credentials would have the same keys.</summary>
    [Fact]
    public void The_next_run_does_not_create_again_what_was_accepted()
    {
        using SandboxHandler sandbox = CreateSandbox("credential/create:Accepted:times=1,completeafter=1min");
        using CadenzaConnection connection = TestConnections.Connect(sandbox, _time);
        Create(connection);
        Assert.Equal(JournalEvent.Accepted, Folder.Entries[^1].Event);

        Create(connection);

        Assert.Equal(RequestOutcome.Unknown, Assert.Single(_host.Errors).Exception.Outcome);
        Assert.Equal(1, CountOf(sandbox, "/create"));
        _time.Advance(TimeSpan.FromMinutes(2));
        Create(connection);
        Assert.Equal(JournalEvent.Applied, Folder.Entries[^1].Event);
        Assert.Equal(1, CountOf(sandbox, "/create"));
    }

    [Fact]
    public void If_the_wait_is_canceled_the_journal_says_that_the_server_accepted_the_change()
    {
        using var stop = new CancellationTokenSource();
        using SandboxHandler sandbox = CreateSandbox("credential/revoke:Unfinished:status=REVOKING");
        using CadenzaConnection connection = TestConnections.Connect(sandbox, _time);
        string id = IdOf(sandbox, "Treasury hedge");
        var host = new RecordingRuntime { WantsTrace = false, OnProgressText = _ => stop.Cancel() };
        ChangeRunOptions options = CreateOptions(connection, TimeSpan.FromHours(1));
        using var runner = new ChangeRunner(connection, host, ChangeKind.Revoke, options, stop.Token);

        Assert.ThrowsAny<OperationCanceledException>(() => Feed(runner, [id]));

        Assert.Equal(
            $"The server accepted the request for credential {id} to be revoked, but it is unknown whether it was "
            + "completed.",
            Assert.Single(runner.TakeUnreportedOutcomes()));
        Assert.Equal(JournalEvent.Accepted, Folder.Entries[^1].Event);
    }

    /// <summary>The revoke changes the time of the credential, which is no proof of the rotation.</summary>
    [Fact]
    public void A_rotation_whose_credential_is_revoked_during_the_wait_is_not_reported_as_made()
    {
        using SandboxHandler sandbox = CreateSandbox(
            "credential/revoke:Accepted:completeafter=1min", "credential/rotate:Accepted:completeafter=2min");
        using CadenzaConnection connection = TestConnections.Connect(sandbox, _time);
        string id = IdOf(sandbox, "Treasury hedge");
        Revoke(connection, id);
        _host.Written.Clear();
        RotateRequest rotation = Rotation(id, TestClients.Keys(passphrase: "p"));

        Run(connection, _host, CreateOptions(connection, TimeSpan.FromMinutes(10)), rotation);

        Assert.Empty(_host.Written);
        Assert.Equal(RequestOutcome.Unknown, Assert.Single(_host.Errors).Exception.Outcome);
        Assert.Equal(JournalEvent.Unknown, Folder.Entries[^1].Event);
    }

    private static string IdOf(SandboxHandler sandbox, string nickname) =>
        sandbox.GetState().FindByNickname(nickname)!.CredentialId;

    private static int CountOf(SandboxHandler sandbox, string path) =>
        sandbox.Requests.Count(request => request.Path.EndsWith(path, StringComparison.Ordinal));

    private ChangeRunOptions CreateOptions(CadenzaConnection connection, TimeSpan wait) =>
        new() { Journal = Folder.Open(connection), CompletionTimeout = wait };

    private void Revoke(CadenzaConnection connection, params string[] ids) =>
        Run(connection, _host, CreateOptions(connection, TimeSpan.Zero), Revokes(ids));

    private void Create(CadenzaConnection connection)
    {
        var request = new NewCredential("BYBIT", TestClients.Keys()) { Nickname = "desk 77" };
        Run(connection, _host, CreateOptions(connection, TimeSpan.Zero), new CreateRequest(request));
    }

    private SandboxHandler CreateSandbox(params string[] faults) => new(new SandboxOptions
    {
        TimeProvider = _time,
        AccessTokenLifetime = TimeSpan.FromDays(1),
        Faults = new SandboxFaults { Rules = [.. faults.Select(SandboxFaultRule.Parse)] },
    });
}
