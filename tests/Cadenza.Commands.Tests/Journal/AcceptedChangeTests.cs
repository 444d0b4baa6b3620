namespace Cadenza.Commands.Tests.Journal;

/// <summary>Changes that the server accepted and carries out later, without waiting for them.</summary>
public sealed class AcceptedChangeTests : IDisposable
{
    private readonly SkippingTimeProvider _time = new();
    private readonly JournalFolder _folder = new();
    private readonly RecordingRuntime _host = new() { WantsTrace = false };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_accepted_revoke_is_written_with_a_warning_and_is_not_applied()
    {
        using SandboxHandler sandbox = CreateSandbox("credential/revoke:Unfinished:status=REVOKING,completeafter=1min");
        using CadenzaConnection connection = Connect(sandbox);

        Revoke(connection, TimeSpan.Zero, IdOf(sandbox, "Treasury hedge"), IdOf(sandbox, "Lending ladder"));

        Assert.All(_host.Written.Cast<CadenzaCredential>(), static item => Assert.Equal("REVOKING", item.Status));
        Assert.Equal(
            "The server accepted 2 requests and completes them later. The credentials may not be revoked yet.",
            Assert.Single(_host.Warnings));
        Assert.Equal(
            ["Accepted", "Accepted", "Intent", "Intent"], _folder.Entries.Select(static line => line.Event).Order());
    }

    [Fact]
    public void The_next_run_records_that_an_accepted_revoke_was_completed()
    {
        using SandboxHandler sandbox = CreateSandbox("credential/revoke:Unfinished:completeafter=1min");
        using CadenzaConnection connection = Connect(sandbox);
        string id = IdOf(sandbox, "Treasury hedge");
        Revoke(connection, TimeSpan.Zero, id);
        _time.Advance(TimeSpan.FromMinutes(2));

        Revoke(connection, TimeSpan.Zero, id);

        Assert.Equal(JournalEvent.Applied, _folder.Entries[^1].Event);
        Assert.Equal(1, CountOf(sandbox, "/revoke"));
        Assert.Empty(_host.Errors);
    }

    [Fact]
    public void The_next_run_sends_a_revoke_again_that_is_not_completed()
    {
        using SandboxHandler sandbox = CreateSandbox("credential/revoke:Unfinished:times=1");
        using CadenzaConnection connection = Connect(sandbox);
        string id = IdOf(sandbox, "Treasury hedge");
        Revoke(connection, TimeSpan.Zero, id);

        Revoke(connection, TimeSpan.Zero, id);

        Assert.Equal(JournalEvent.Applied, _folder.Entries[^1].Event);
        Assert.Equal(2, CountOf(sandbox, "/revoke"));
    }

    /// <summary>The accepted creation may still be carried out: two credentials would have the same keys.</summary>
    [Fact]
    public void The_next_run_does_not_create_again_what_was_accepted()
    {
        using SandboxHandler sandbox = CreateSandbox("credential/create:Accepted:times=1,completeafter=1min");
        using CadenzaConnection connection = Connect(sandbox);
        Create(connection);
        Assert.Equal(JournalEvent.Accepted, _folder.Entries[^1].Event);

        Create(connection);

        Assert.Equal(RequestOutcome.Unknown, Assert.Single(_host.Errors).Exception!.Outcome);
        Assert.Equal(1, CountOf(sandbox, "/create"));
        _time.Advance(TimeSpan.FromMinutes(2));
        Create(connection);
        Assert.Equal(JournalEvent.Applied, _folder.Entries[^1].Event);
        Assert.Equal(1, CountOf(sandbox, "/create"));
    }

    [Fact]
    public void If_the_wait_is_canceled_the_journal_says_that_the_server_accepted_the_change()
    {
        using var stop = new CancellationTokenSource();
        using SandboxHandler sandbox = CreateSandbox("credential/revoke:Unfinished:status=REVOKING");
        using CadenzaConnection connection = Connect(sandbox);
        string id = IdOf(sandbox, "Treasury hedge");
        var host = new RecordingRuntime { WantsTrace = false, OnProgressText = _ => stop.Cancel() };
        using var runner = new ChangeRunner(
            connection, host, ChangeKind.Revoke,
            new() { Journal = _folder.Open(connection), CompletionTimeout = TimeSpan.FromHours(1) },
            stop.Token);

        runner.Process(new RevokeRequest(new CredentialReference(id)));
        Assert.ThrowsAny<OperationCanceledException>(runner.Complete);

        Assert.Equal(
            $"The server accepted the request for credential {id} to be revoked, but it is unknown whether it was "
            + "completed.",
            Assert.Single(runner.TakeUnreportedOutcomes()));
        Assert.Equal(JournalEvent.Accepted, _folder.Entries[^1].Event);
    }

    /// <summary>The revoke changes the time of the credential, which is no proof of the rotation.</summary>
    [Fact]
    public void A_rotation_whose_credential_is_revoked_during_the_wait_is_not_reported_as_made()
    {
        using SandboxHandler sandbox = CreateSandbox(
            "credential/revoke:Accepted:completeafter=1min", "credential/rotate:Accepted:completeafter=2min");
        using CadenzaConnection connection = Connect(sandbox);
        string id = IdOf(sandbox, "Treasury hedge");
        Revoke(connection, TimeSpan.Zero, id);
        _host.Written.Clear();
        using var runner = new ChangeRunner(
            connection, _host, ChangeKind.Rotate,
            new() { Journal = _folder.Open(connection), CompletionTimeout = TimeSpan.FromMinutes(10) });

        runner.Process(new RotateRequest(new CredentialReference(id), TestClients.Keys(passphrase: "p")));
        runner.Complete();

        Assert.Empty(_host.Written);
        Assert.Equal(RequestOutcome.Unknown, Assert.Single(_host.Errors).Exception!.Outcome);
        Assert.Equal(JournalEvent.Unknown, _folder.Entries[^1].Event);
    }

    private static string IdOf(SandboxHandler sandbox, string nickname) =>
        sandbox.GetState().FindByNickname(nickname)!.CredentialId;

    private static int CountOf(SandboxHandler sandbox, string path) =>
        sandbox.Requests.Count(request => request.Path.EndsWith(path, StringComparison.Ordinal));

    private void Revoke(CadenzaConnection connection, TimeSpan wait, params string[] ids)
    {
        using var runner = new ChangeRunner(
            connection, _host, ChangeKind.Revoke,
            new() { Journal = _folder.Open(connection), CompletionTimeout = wait });
        foreach (string id in ids)
        {
            runner.Process(new RevokeRequest(new CredentialReference(id)));
        }

        runner.Complete();
    }

    private void Create(CadenzaConnection connection)
    {
        var request = new NewCredential("BYBIT", TestClients.Keys()) { Nickname = "desk 77" };
        using var runner = new ChangeRunner(
            connection, _host, ChangeKind.Create,
            new() { Journal = _folder.Open(connection), CompletionTimeout = TimeSpan.Zero });
        runner.Process(new CreateRequest(request));
        runner.Complete();
    }

    private SandboxHandler CreateSandbox(params string[] faults) => new(new SandboxOptions
    {
        TimeProvider = _time,
        AccessTokenLifetime = TimeSpan.FromDays(1),
        Faults = new SandboxFaults { Rules = [.. faults.Select(SandboxFaultRule.Parse)] },
    });

    private CadenzaConnection Connect(SandboxHandler sandbox) => CadenzaConnection.OpenUnchecked(new ConnectionPlan
    {
        BaseUri = sandbox.BaseAddress,
        Environment = "Sandbox",
        AccessToken = SecretText.Wrap(sandbox.IssueAccessToken()),
        Handler = sandbox,
        TimeProvider = _time,
    });
}
