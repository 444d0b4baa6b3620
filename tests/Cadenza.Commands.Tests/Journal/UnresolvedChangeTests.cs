namespace Cadenza.Commands.Tests.Journal;

/// <summary>Changes that an earlier run left unresolved.</summary>
public sealed class UnresolvedChangeTests : JournaledCommandTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_unresolved_revoke_that_was_made_is_not_sent_again(bool isUnknown)
    {
        await using var server = Server(List.Revoked);
        await LeaveUnresolvedAsync(server, isUnknown, JournalFolder.Revoke("a"));

        Revoke(server, "a");

        Assert.All(server.Requests, static request => Assert.Equal("GET", request.Method));
        Assert.Equal("a", Assert.IsType<CadenzaCredential>(Assert.Single(Runtime.Written)).CredentialId);
        Assert.Equal("Applied revoke a", Folder.Story[^1]);
        Assert.Equal("An earlier run made this change.", Folder.Entries[^1].Message);
    }

    [Theory]
    [InlineData((int)List.Verified, 200, "Applied")]
    [InlineData((int)List.Verified, 409, "Rejected")]
    [InlineData((int)List.Verified, 502, "Unknown")]
    [InlineData((int)List.Empty, 409, "Unknown")]
    [InlineData((int)List.Fails, 200, "Applied")]
    [InlineData((int)List.Fails, 409, "Unknown")]
    [InlineData((int)List.Fails, 502, "Unknown")]

    // "Already revoked" is the success of the earlier run, even if its request arrived after the reconciliation.
    [InlineData((int)List.Fails, -130001, "Applied")]
    [InlineData((int)List.Verified, -130001, "Applied")]
    public async Task An_unresolved_revoke_that_is_sent_again_has_the_outcome(int list, int answer, string expected)
    {
        await using var server = Server((List)list, answer);
        await LeaveUnresolvedAsync(server, isUnknown: true, JournalFolder.Revoke("a"));
        HasDetails = (List)list != List.Fails;

        Revoke(server, "a");

        Assert.Single(server.Requests, static request => request.Method == "POST");
        Assert.Equal(expected + " revoke a", Folder.Story[^1]);
        Assert.Equal(expected == "Applied" ? 1 : 0, Runtime.Written.Count);
        Assert.All(Runtime.Errors, error => Assert.Equal(expected, error.Exception.Outcome.ToString()));
    }

    [Theory]
    [InlineData((int)List.Verified, "BYBIT", "desk a", CadenzaErrorKind.CredentialChanged)]
    [InlineData((int)List.Verified, "OKX", "desk b", CadenzaErrorKind.CredentialChanged)]
    [InlineData((int)List.Revoked, "OKX", "desk b", CadenzaErrorKind.CredentialChanged)]
    [InlineData((int)List.Fails, "OKX", "desk a", CadenzaErrorKind.CheckFailed)]
    public async Task An_unresolved_revoke_of_a_credential_with_another_name_is_not_sent(
        int list, string venue, string nickname, CadenzaErrorKind kind)
    {
        await using var server = Server((List)list, 200);
        await LeaveUnresolvedAsync(server, isUnknown: true, JournalFolder.Revoke("a"));
        int before = Folder.Story.Length;

        Revoke(server, new CredentialReference("a", venue, nickname));

        Assert.All(server.Requests, static request => Assert.Equal("GET", request.Method));
        Assert.Equal(before, Folder.Story.Length);

        // The earlier run may have made the change.
        CadenzaErrorReport error = Assert.Single(Runtime.Errors);
        Assert.Equal((kind, RequestOutcome.Unknown), (error.Kind, error.Exception.Outcome));
        TextAssert.StartsWith("It is unknown whether", error.Message);
    }

    [Theory]
    [InlineData((int)List.Verified)]
    [InlineData((int)List.Revoked)]
    public async Task An_unresolved_revoke_is_resumed_although_the_status_and_the_time_differ(int list)
    {
        await using var server = Server((List)list, 200);
        await LeaveUnresolvedAsync(server, isUnknown: true, JournalFolder.Revoke("a"));

        Revoke(server, new CredentialReference("a", "OKX", "desk a") { Status = "FAILED", UpdatedAt = Since });

        Assert.Empty(Runtime.Errors);
        Assert.Equal("Applied revoke a", Folder.Story[^1]);
    }

    [Theory]
    [InlineData(200, "Applied")]
    [InlineData(409, "Unknown")]
    [InlineData(502, "Unknown")]
    public async Task An_unresolved_rotation_is_sent_again_and_never_reported_as_not_made(int answer, string expected)
    {
        await using var server = Server(List.Verified, answer);
        await LeaveUnresolvedAsync(server, isUnknown: false, JournalFolder.Rotate("a"));

        Rotate(server, "a");

        Assert.Single(server.Requests);
        Assert.Equal(["Intent rotate a", "Intent rotate a", expected + " rotate a"], Folder.Story);
        Assert.All(Runtime.Errors, error => Assert.Equal(RequestOutcome.Unknown, error.Exception.Outcome));
    }

    [Fact]
    public async Task An_unresolved_rotation_that_cannot_be_sent_again_is_unknown()
    {
        using CadenzaConnection connection = TestConnections.Connect(ScriptedServer.FindDeafAddress());
        await LeaveUnresolvedAsync(connection, isUnknown: false, JournalFolder.Rotate("a"));

        Run(connection, ChangeRuns.Rotation("a"));

        Assert.Equal("Unknown rotate a", Folder.Story[^1]);
        Assert.Equal(RequestOutcome.Unknown, Assert.Single(Runtime.Errors).Exception.Outcome);
        TextAssert.EndsWith("An earlier run may have made the change.", Runtime.Errors[0].Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_unresolved_creation_that_was_made_is_not_sent_again(bool isUnknown)
    {
        await using var server = ScriptedServer.Answering(
            Answers.Json(Wire.List(Made("old", Since.AddDays(-1)), Made("new", Since.AddSeconds(3)))));
        await LeaveUnresolvedAsync(server, isUnknown, JournalFolder.Create("desk"));

        Create(server, "desk");

        Assert.All(server.Requests, static request => Assert.Equal("GET", request.Method));
        Assert.Equal("new", Assert.IsType<CadenzaCredential>(Assert.Single(Runtime.Written)).CredentialId);
        Assert.Equal((JournalEvent.Applied, "new"), (Folder.Entries[^1].Event, Folder.Entries[^1].CredentialId));
    }

    [Fact]
    public async Task An_unresolved_creation_that_was_not_made_is_sent()
    {
        await using var server = Server(List.Empty, 200);
        await LeaveUnresolvedAsync(server, isUnknown: false, JournalFolder.Create("desk"));

        Create(server, "desk");

        Assert.Single(server.Requests, static request => request.Method == "POST");
        Assert.Contains(server.Requests, static request => request.Method == "GET");
        Assert.Equal(JournalEvent.Applied, Folder.Entries[^1].Event);
    }

    [Fact]
    public async Task An_unresolved_creation_that_arrives_after_the_reconciliation_is_found_when_the_name_exists()
    {
        bool isThere = false;
        await using var server = ScriptedServer.Running(request =>
        {
            isThere |= request.Method == "POST";
            return request.Method == "POST"
                ? Answers.Json(Wire.Failure(-22017), 409)
                : Answers.Json(isThere ? Wire.List(Made("new", Since.AddSeconds(9))) : Wire.List());
        });
        await LeaveUnresolvedAsync(server, isUnknown: false, JournalFolder.Create("desk"));

        Create(server, "desk");

        Assert.Equal((JournalEvent.Applied, "new"), (Folder.Entries[^1].Event, Folder.Entries[^1].CredentialId));
        Assert.Empty(Runtime.Errors);
    }

    /// <summary>The server creates the credential of the first run after the second run has looked for it.</summary>
    [Fact]
    public async Task An_unresolved_creation_that_a_second_run_did_not_find_is_found_by_the_third_run()
    {
        bool isThere = false;
        await using var server = ScriptedServer.Running(request => request.Method == "POST"
            ? Answers.Html()
            : Answers.Json(
                isThere ? Wire.List(Made("new", Since.AddSeconds(9))) : Wire.List(),
                headers: $"Date: {DateTimeOffset.UtcNow:R}"));
        await LeaveUnresolvedAsync(server, isUnknown: false, JournalFolder.Create("desk"));
        Create(server, "desk");
        Assert.Equal(JournalEvent.Unknown, Folder.Entries[^1].Event);
        Assert.True(Folder.Entries[^2].Since > Since.AddSeconds(9));
        isThere = true;

        Create(server, "desk");

        Assert.Single(server.Requests, static request => request.Method == "POST");
        Assert.Equal((JournalEvent.Applied, "new"), (Folder.Entries[^1].Event, Folder.Entries[^1].CredentialId));
    }

    [Theory]
    [InlineData("ambiguous")]
    [InlineData("list fails")]
    public async Task An_unresolved_creation_that_the_server_cannot_confirm_is_never_sent_again(string list)
    {
        await using var server = ScriptedServer.Answering(list == "ambiguous"
            ? Answers.Json(Wire.List(Made("new", Since.AddSeconds(3)), Made("newer", Since.AddSeconds(4))))
            : Answers.Html());
        await LeaveUnresolvedAsync(server, isUnknown: false, JournalFolder.Create("desk"));
        int lines = Folder.Lines.Length;

        Create(server, "desk");

        Assert.All(server.Requests, static request => Assert.Equal("GET", request.Method));
        CadenzaErrorReport error = Assert.Single(Runtime.Errors);
        Assert.Equal(RequestOutcome.Unknown, error.Exception.Outcome);
        Assert.StartsWith(
            "It is unknown whether OKX 'desk' was created: An earlier run may have made the change",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(JournalEvent.Intent, Folder.Entries[lines - 1].Event);
    }

    [Fact]
    public async Task The_intent_of_a_creation_has_the_earliest_time_by_the_clock_of_the_server()
    {
        // The server is an hour behind. The client gets its time before the first intent.
        DateTimeOffset now = DateTimeOffset.UtcNow.AddHours(-1);
        string date = "Date: " + now.ToString("r", CultureInfo.InvariantCulture);
        await using var server = ScriptedServer.Running(request => request.Method == "POST"
            ? Answers.Json(Wire.Item(Made("new", now)), 200, date)
            : Answers.Json(
                request.Path.EndsWith("/list", StringComparison.Ordinal)
                    ? Wire.List()
                    : Wire.Item("""{"id":"1","email":"a@b.example"}"""),
                200,
                date));

        Create(server, "desk");

        Assert.Equal(JournalEvent.Applied, Folder.Entries[^1].Event);
        Assert.InRange(Folder.Entries[0].Since!.Value, now.AddSeconds(-30), now);
    }

    [Fact]
    public async Task A_creation_that_another_run_left_unresolved_after_the_decision_is_reconciled()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.List(Made("new", Since.AddSeconds(3)))));
        using CadenzaConnection connection = TestConnections.Connect(server);
        ChangeJournal journal = Folder.Open(connection);
        await LeaveUnresolvedAsync(connection, isUnknown: true, JournalFolder.Create("desk"));

        Create(server, journal, "desk", seconds: 20);

        Assert.Empty(Runtime.Errors.Select(static error => error.Message));
        Assert.Empty(Runtime.Warnings);
        Assert.All(server.Requests, static request => Assert.Equal("GET", request.Method));
        Assert.Equal((JournalEvent.Applied, "new"), (Folder.Entries[^1].Event, Folder.Entries[^1].CredentialId));
    }

    [Fact]
    public async Task An_unresolved_rotation_is_not_reported_as_not_made_if_the_journal_fails()
    {
        await using var server = Server(List.Verified, 200);
        await LeaveUnresolvedAsync(server, isUnknown: false, JournalFolder.Rotate("a"));
        File.Delete(Folder.LockFile);
        Directory.CreateDirectory(Folder.LockFile);

        Rotate(server, "a");

        Assert.Empty(server.Requests);
        Assert.Equal(
            (CadenzaErrorKind.JournalUnusable, RequestOutcome.Unknown),
            (Runtime.Errors[0].Kind, Runtime.Errors[0].Exception.Outcome));
    }
}
