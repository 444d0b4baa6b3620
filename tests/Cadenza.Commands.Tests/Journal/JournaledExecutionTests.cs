namespace Cadenza.Commands.Tests.Journal;

/// <summary>What is sent, written, and recorded with a journal, and what happens if the journal fails.</summary>
public sealed class JournaledExecutionTests : JournaledCommandTest
{
    [Fact]
    public async Task The_intent_is_on_the_disk_before_the_request_arrives_and_the_outcome_afterwards()
    {
        string[] atRequest = [];
        await using var server = ScriptedServer.Running(request =>
        {
            if (request.Method == "GET")
            {
                return Answers.Json(Wire.List(Wire.Credential("a")));
            }

            atRequest = Folder.Story;
            return Answers.Json(Wire.Item(Wire.Credential("a", "REVOKED")), 200, "X-Request-Id: req-7");
        });

        Revoke(server, "a");

        Assert.Equal(["Intent revoke a"], atRequest);
        Assert.Equal(["Intent revoke a", "Applied revoke a"], Folder.Story);
        JournalEntry applied = Folder.Entries[1];
        Assert.Equal(
            (1, "req-7", null, null, "OKX", "desk a"),
            (applied.Attempts, applied.RequestId, applied.ErrorId, applied.Message, applied.Venue, applied.Nickname));
        Assert.Null(Folder.Entries[0].Attempts);
        Assert.Single(Folder.Entries.Select(static entry => entry.RunId).Distinct());
    }

    [Theory]
    [InlineData(409, "Rejected", "CadenzaRefused")]
    [InlineData(502, "Unknown", "CadenzaServiceUnavailable")]
    [InlineData(401, "Rejected", "CadenzaUnauthorized")]
    public async Task The_outcome_of_a_change_is_written_with_its_error(int status, string outcome, string errorId)
    {
        await using var server = ScriptedServer.Running(request => request.Method == "POST"
            ? Answers.Json(Wire.Failure(-130002, "no"), status)
            : Answers.Json(Wire.List()));

        Rotate(server, "a");

        Assert.Equal(["Intent rotate a", outcome + " rotate a"], Folder.Story);
        Assert.Equal(errorId, Folder.Entries[1].ErrorId);
        TextAssert.EndsWith(Folder.Entries[1].Message!, Runtime.Errors[0].Message);
    }

    [Fact]
    public void A_request_that_was_not_sent_is_recorded_as_NotSent()
    {
        using CadenzaConnection connection = TestConnections.Connect(ScriptedServer.FindDeafAddress());

        Run(connection, ChangeRuns.Rotation("a"));

        Assert.Equal(["Intent rotate a", "NotSent rotate a"], Folder.Story);
    }

    [Fact]
    public async Task Changes_of_an_earlier_run_are_skipped_with_a_warning()
    {
        await using var server = ScriptedServer.Running(static request => Answers.Json(request.Method == "GET"
            ? Wire.List(Wire.Credential("c"))
            : Wire.Item(Wire.Credential("c", "REVOKED"))));
        using CadenzaConnection connection = TestConnections.Connect(server);
        await Folder.EndAsync(connection, JournalEvent.Applied, JournalFolder.Revoke("a"), JournalFolder.Revoke("b"));

        Revoke(server, "a", "b", "c");

        Assert.Equal(["GET", "POST"], server.Requests.Select(static request => request.Method));
        Assert.Single(Runtime.Written);
        Assert.Matches(
            @"^Skipped 2 credentials that the journal lists as already revoked\. "
            + @"The last change of an earlier run was made at \d{4}-\d\d-\d\d \d\d:\d\dZ\.$",
            Assert.Single(Runtime.Warnings));
        Assert.Single(Runtime.Questions);
    }

    [Fact]
    public async Task A_creation_without_a_nickname_is_rejected()
    {
        await using var server = Server(List.Empty, 200);

        Create(server, nickname: null);

        Assert.Empty(server.Requests);
        CadenzaErrorReport error = Assert.Single(Runtime.Errors);
        Assert.Equal(
            (CadenzaErrorKind.InvalidNewCredential, RequestOutcome.NotSent), (error.Kind, error.Exception.Outcome));
        TextAssert.Contains("nickname", error.Message);
        Assert.Empty(Folder.Lines);
    }

    [Fact]
    public async Task A_change_that_an_active_run_has_started_is_busy_and_the_other_changes_continue()
    {
        await using var server = Server(List.Verified, 200);
        using CadenzaConnection connection = TestConnections.Connect(server);
        using ChangeJournal living = Folder.Open(connection);
        await living.BeginAsync(JournalFolder.Rotate("b"), since: null);

        Rotate(server, "b", "a");

        Assert.Single(server.Requests);
        CadenzaErrorReport error = Assert.Single(Runtime.Errors);
        Assert.Equal((CadenzaErrorKind.JournalBusy, "b"), (error.Kind, error.Target));
        Assert.Single(Runtime.Written);
    }

    [Fact]
    public async Task If_the_journal_fails_the_outcome_is_reported_and_one_error_ends_the_command()
    {
        await using var server = ScriptedServer.Running(request =>
        {
            if (request.Method == "GET")
            {
                return Answers.Json(Wire.List(Wire.Credential("a"), Wire.Credential("b"), Wire.Credential("c")));
            }

            File.Delete(Folder.File);
            Directory.CreateDirectory(Folder.File);
            return ChangeRuns.Revoked("a");
        });

        Revoke(server, 1, "a", "b", "c");

        Assert.Equal(["GET", "POST"], server.Requests.Select(static request => request.Method));
        Assert.Empty(Runtime.Warnings);
        Assert.Equal("a", Assert.IsType<CadenzaCredential>(Assert.Single(Runtime.Written)).CredentialId);
        Assert.Equal(
            $"The journal {Folder.File} was replaced by another file while the command was running. This command "
            + "reported the outcome for a, but the journal does not contain it. In this command, 1 credential was "
            + "revoked. Nothing more is sent.",
            Runtime.Errors[0].Message);
        Assert.All(Runtime.Errors, static error => Assert.Equal(
            (CadenzaErrorKind.JournalUnusable, RequestOutcome.NotSent), (error.Kind, error.Exception.Outcome)));
        Assert.True(Runtime.Errors[0].FailsEveryItem);
    }

    [Fact]
    public async Task After_a_cancellation_the_changes_in_flight_are_unknown()
    {
        await using var server = ScriptedServer.Answering(Answers.Never);
        using CadenzaConnection connection = TestConnections.Connect(server);
        using var stop = new CancellationTokenSource();
        using (var runner = new ChangeRunner(
            connection, Runtime, ChangeKind.Revoke, new() { Journal = Folder.Open(connection) }, stop.Token))
        {
            runner.Process(new RevokeRequest(new CredentialReference("a")));
            runner.Process(new RevokeRequest(new CredentialReference("b")));
            Assert.True(SpinWait.SpinUntil(() => server.Requests.Count >= 2, Bound.Time));

            await stop.CancelAsync();
            Assert.ThrowsAny<OperationCanceledException>(runner.Complete);
        }

        Assert.Equal(
            ["Intent revoke a", "Intent revoke b", "Unknown revoke a", "Unknown revoke b"],
            Folder.Story.Order(StringComparer.Ordinal));
        Assert.All(
            Folder.Entries.Skip(2),
            static entry => Assert.Equal("Canceled while the request was in flight.", entry.Message));
    }

    [Fact]
    public async Task The_journal_contains_no_secret_even_if_the_server_returns_it()
    {
        await using var server = ScriptedServer.Running(static request => Answers.Json(
            """{"data":null,"success":false,"errno":-22015,"error":""" + JsonSerializer.Serialize(
                request.Text + request.Header("Authorization")) + "}", 400));
        using CadenzaConnection connection = TestConnections.Connect(server, Canary.Token);

        Run(connection, ChangeRuns.Rotation("a", TestClients.Keys(Canary.Key, Canary.Secret, Canary.Passphrase)));

        Assert.Equal(["Intent rotate a", "Rejected rotate a"], Folder.Story);
        Canary.AssertNotIn(Folder.Text);
    }
}
