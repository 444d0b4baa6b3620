using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Security;
using Cadenza.Client.Tests.Support;
using Cadenza.Commands.Changes;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Journal;
using Cadenza.Commands.Tests.Support;
using Xunit;

namespace Cadenza.Commands.Tests.Journal;

/// <summary>What is sent, said and written where an earlier run left a change open, and where the journal itself fails.</summary>
public sealed class JournaledExecutionTests : IDisposable
{
    private static readonly DateTimeOffset Since = DateTimeOffset.UtcNow.AddMinutes(-1);

    private readonly JournalFolder _folder = new();
    private readonly RecordingRuntime _host = new();

    private enum List
    {
        Revoked,
        Verified,
        Empty,
        Fails,
    }

    [Fact]
    public async Task A_change_has_its_intent_on_the_disk_before_its_request_arrives_and_its_end_after_it()
    {
        string[] atRequest = [];
        await using var server = ScriptedServer.Running(_ =>
        {
            atRequest = _folder.Story;
            return Answers.Json(Wire.Item(Wire.Credential("a", "REVOKED")), 200, "X-Request-Id: req-7");
        });

        Revoke(server, "a");

        Assert.Equal(["Intent revoke a"], atRequest);
        Assert.Equal(["Intent revoke a", "Applied revoke a"], _folder.Story);
        JournalEntry applied = _folder.Entries[1];
        Assert.Equal((1, "req-7", null, null, "OKX", "desk a"), (applied.Attempts, applied.RequestId, applied.ErrorId, applied.Message, applied.Venue, applied.Nickname));
        Assert.Null(_folder.Entries[0].Attempts);
        Assert.Single(_folder.Entries.Select(static entry => entry.RunId).Distinct());
    }

    [Theory]
    [InlineData(409, "Rejected", "CadenzaCredentialInUse")]
    [InlineData(502, "Unknown", "CadenzaServiceUnavailable")]
    [InlineData(401, "Rejected", "CadenzaUnauthorized")]
    public async Task What_became_of_a_change_is_written_with_its_error(int status, string outcome, string errorId)
    {
        await using var server = ScriptedServer.Running(request => request.Method == "POST" ? Answers.Json(Wire.Failure(-130002, "no"), status) : Answers.Json(Wire.List()));

        Rotate(server, "a");

        Assert.Equal(["Intent rotate a", outcome + " rotate a"], _folder.Story);
        Assert.Equal(errorId, _folder.Entries[1].ErrorId);
        Assert.EndsWith(_folder.Entries[1].Message!, _host.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_never_left_is_not_sent()
    {
        using CadenzaConnection connection = JournalFolder.Connect(ScriptedServer.FindDeafAddress());
        using (var runner = new ChangeRunner(TestConnection(ScriptedServer.FindDeafAddress()), _host, ChangeKind.Rotate, journal: _folder.Open(connection)))
        {
            runner.Process(new RotateRequest(new CredentialReference("a"), TestClients.Keys()));
            runner.Complete();
        }

        Assert.Equal(["Intent rotate a", "NotSent rotate a"], _folder.Story);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task What_an_earlier_run_made_is_left_out_and_told_of()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Item(Wire.Credential("c", "REVOKED"))));
        using CadenzaConnection connection = TestConnections.Connect(server);
        await _folder.EndAsync(connection, JournalEvent.Applied, JournalFolder.Revoke("a"), JournalFolder.Revoke("b"));

        Revoke(server, "a", "b", "c");

        Assert.Single(server.Requests);
        Assert.Single(_host.Written);
        string warning = Assert.Single(_host.Warnings);
        Assert.Matches(
            @"^Skipped 2 credentials that the journal lists as already revoked\. "
            + @"The last change of an earlier run was made at \d{4}-\d\d-\d\d \d\d:\d\dZ\.$",
            warning);
        Assert.Single(_host.Questions);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_open_revoke_that_arrived_is_found_made_and_not_sent_again(bool isUnknown)
    {
        await using var server = Server(List.Revoked);
        using CadenzaConnection connection = TestConnections.Connect(server);
        await LeaveOpenAsync(connection, isUnknown, JournalFolder.Revoke("a"));

        Revoke(server, "a");

        Assert.All(server.Requests, static request => Assert.Equal("GET", request.Method));
        Assert.Equal("a", Assert.IsType<CadenzaCredential>(Assert.Single(_host.Written)).CredentialId);
        Assert.Equal("Applied revoke a", _folder.Story[^1]);
        Assert.Equal("An earlier run made this change.", _folder.Entries[^1].Message);
    }

    [Theory]
    [InlineData((int)List.Verified, 200, "Applied")]
    [InlineData((int)List.Verified, 409, "Rejected")]
    [InlineData((int)List.Verified, 502, "Unknown")]
    [InlineData((int)List.Empty, 409, "Unknown")]
    [InlineData((int)List.Fails, 200, "Applied")]
    [InlineData((int)List.Fails, 409, "Unknown")]
    [InlineData((int)List.Fails, 502, "Unknown")]

    // "Already revoked" is the earlier run's own success, also where its request arrived only after the look.
    [InlineData((int)List.Fails, -130001, "Applied")]
    [InlineData((int)List.Verified, -130001, "Applied")]
    public async Task An_open_revoke_that_is_sent_again_ends(int list, int answer, string expected)
    {
        await using var server = Server((List)list, answer);
        using CadenzaConnection connection = TestConnections.Connect(server);
        await LeaveOpenAsync(connection, isUnknown: true, JournalFolder.Revoke("a"));

        Revoke(server, "a");

        Assert.Single(server.Requests, static request => request.Method == "POST");
        Assert.Equal(expected + " revoke a", _folder.Story[^1]);
        Assert.Equal(expected == "Applied" ? 1 : 0, _host.Written.Count);
        Assert.All(_host.Errors, error => Assert.Equal(expected, error.Exception.Outcome.ToString()));
    }

    [Theory]
    [InlineData(200, "Applied")]
    [InlineData(409, "Unknown")]
    [InlineData(502, "Unknown")]
    public async Task An_open_rotation_is_sent_again_at_once_and_never_called_undone(int answer, string expected)
    {
        await using var server = Server(List.Verified, answer);
        using CadenzaConnection connection = TestConnections.Connect(server);
        await LeaveOpenAsync(connection, isUnknown: false, JournalFolder.Rotate("a"));

        Rotate(server, "a");

        Assert.Single(server.Requests);
        Assert.Equal(["Intent rotate a", "Intent rotate a", expected + " rotate a"], _folder.Story);
        Assert.All(_host.Errors, error => Assert.Equal(RequestOutcome.Unknown, error.Exception.Outcome));
    }

    [Fact]
    public async Task An_open_rotation_that_could_not_be_sent_again_is_unknown()
    {
        Uri address = ScriptedServer.FindDeafAddress();
        using CadenzaConnection connection = TestConnection(address);
        await LeaveOpenAsync(connection, isUnknown: false, JournalFolder.Rotate("a"));
        using (var runner = new ChangeRunner(connection, _host, ChangeKind.Rotate, journal: _folder.Open(connection)))
        {
            runner.Process(new RotateRequest(new CredentialReference("a"), TestClients.Keys()));
            runner.Complete();
        }

        Assert.Equal("Unknown rotate a", _folder.Story[^1]);
        Assert.Equal(RequestOutcome.Unknown, Assert.Single(_host.Errors).Exception.Outcome);
        Assert.Contains("An earlier run may have made the change.", _host.Errors[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_open_creation_that_arrived_is_found_and_not_sent_again(bool isUnknown)
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.List(Made("old", Since.AddDays(-1)), Made("new", Since.AddSeconds(3)))));
        using CadenzaConnection connection = TestConnections.Connect(server);
        await LeaveOpenAsync(connection, isUnknown, JournalFolder.Create("desk"));

        Create(server, "desk");

        Assert.All(server.Requests, static request => Assert.Equal("GET", request.Method));
        Assert.Equal("new", Assert.IsType<CadenzaCredential>(Assert.Single(_host.Written)).CredentialId);
        Assert.Equal((JournalEvent.Applied, "new"), (_folder.Entries[^1].Event, _folder.Entries[^1].CredentialId));
    }

    [Fact]
    public async Task An_open_creation_that_is_not_there_is_sent()
    {
        await using var server = Server(List.Empty, 200);
        using CadenzaConnection connection = TestConnections.Connect(server);
        await LeaveOpenAsync(connection, isUnknown: false, JournalFolder.Create("desk"));

        Create(server, "desk");

        Assert.Single(server.Requests, static request => request.Method == "POST");
        Assert.Contains(server.Requests, static request => request.Method == "GET");
        Assert.Equal(JournalEvent.Applied, _folder.Entries[^1].Event);
    }

    [Fact]
    public async Task An_open_creation_that_arrives_after_the_look_is_found_once_the_name_is_taken()
    {
        bool isThere = false;
        await using var server = ScriptedServer.Running(request =>
        {
            isThere |= request.Method == "POST";
            return request.Method == "POST" ? Answers.Json(Wire.Failure(-22017), 409) : Answers.Json(isThere ? Wire.List(Made("new", Since.AddSeconds(9))) : Wire.List());
        });
        using CadenzaConnection connection = TestConnections.Connect(server);
        await LeaveOpenAsync(connection, isUnknown: false, JournalFolder.Create("desk"));

        Create(server, "desk");

        Assert.Equal((JournalEvent.Applied, "new"), (_folder.Entries[^1].Event, _folder.Entries[^1].CredentialId));
        Assert.Empty(_host.Errors);
    }

    [Theory]
    [InlineData("ambiguous")]
    [InlineData("list fails")]
    public async Task An_open_creation_of_which_the_server_does_not_tell_is_never_sent_again(string list)
    {
        await using var server = ScriptedServer.Answering(list == "ambiguous"
            ? Answers.Json(Wire.List(Made("new", Since.AddSeconds(3)), Made("newer", Since.AddSeconds(4))))
            : Answers.Html());
        using CadenzaConnection connection = TestConnections.Connect(server);
        await LeaveOpenAsync(connection, isUnknown: false, JournalFolder.Create("desk"));
        int lines = _folder.Lines.Length;

        Create(server, "desk");

        Assert.All(server.Requests, static request => Assert.Equal("GET", request.Method));
        CadenzaErrorReport error = Assert.Single(_host.Errors);
        Assert.Equal(RequestOutcome.Unknown, error.Exception.Outcome);
        Assert.StartsWith("It is unknown whether OKX 'desk' was created: An earlier run may have made the change", error.Message, StringComparison.Ordinal);
        Assert.Equal(JournalEvent.Intent, _folder.Entries[lines - 1].Event);
    }

    [Fact]
    public async Task A_creation_says_from_when_on_to_look_by_the_clock_of_the_server()
    {
        // The server is an hour behind us, as we learn before the first intent, even where nothing was asked of it before.
        DateTimeOffset now = DateTimeOffset.UtcNow.AddHours(-1);
        string date = "Date: " + now.ToString("r", CultureInfo.InvariantCulture);
        await using var server = ScriptedServer.Running(request => request.Method == "POST"
            ? Answers.Json(Wire.Item(Made("new", now)), 200, date)
            : Answers.Json(request.Path.EndsWith("/list", StringComparison.Ordinal) ? Wire.List() : Wire.Item("""{"id":"1","email":"a@b.example"}"""), 200, date));

        Create(server, "desk");

        Assert.Equal(JournalEvent.Applied, _folder.Entries[^1].Event);
        Assert.InRange(_folder.Entries[0].Since!.Value, now.AddSeconds(-30), now);
    }

    [Fact]
    public async Task A_creation_that_another_run_left_open_after_it_was_asked_about_is_looked_for()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.List(Made("new", Since.AddSeconds(3)))));
        using CadenzaConnection connection = TestConnections.Connect(server);
        ChangeJournal journal = _folder.Open(connection);
        await LeaveOpenAsync(connection, isUnknown: true, JournalFolder.Create("desk"));

        Create(server, journal, "desk", seconds: 20);

        Assert.Empty(_host.Errors.Select(static error => error.Message));
        Assert.Empty(_host.Warnings);
        Assert.All(server.Requests, static request => Assert.Equal("GET", request.Method));
        Assert.Equal((JournalEvent.Applied, "new"), (_folder.Entries[^1].Event, _folder.Entries[^1].CredentialId));
    }

    [Fact]
    public async Task A_creation_without_a_nickname_is_refused()
    {
        await using var server = Server(List.Empty, 200);

        Create(server, nickname: null);

        Assert.Empty(server.Requests);
        CadenzaErrorReport error = Assert.Single(_host.Errors);
        Assert.Equal((CadenzaErrorKind.InvalidNewCredential, RequestOutcome.NotSent), (error.Kind, error.Exception.Outcome));
        Assert.Contains("nickname", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Lines);
    }

    [Fact]
    public async Task A_change_that_a_living_run_has_begun_is_busy_and_the_others_go_on()
    {
        await using var server = Server(List.Verified, 200);
        using CadenzaConnection connection = TestConnections.Connect(server);
        using ChangeJournal living = _folder.Open(connection);
        await living.BeginAsync(JournalFolder.Rotate("b"), since: null);

        Rotate(server, "b", "a");

        Assert.Single(server.Requests);
        CadenzaErrorReport error = Assert.Single(_host.Errors);
        Assert.Equal((CadenzaErrorKind.JournalBusy, "b"), (error.Kind, error.Target));
        Assert.Single(_host.Written);
    }

    [Fact]
    public async Task Where_the_journal_breaks_the_outcome_is_told_with_a_warning_and_nothing_further_is_sent()
    {
        await using var server = ScriptedServer.Running(request =>
        {
            File.Delete(_folder.File);
            Directory.CreateDirectory(_folder.File);
            return Answers.Json(Wire.Item(Wire.Credential("a", "REVOKED")));
        });

        Revoke(server, 1, "a", "b", "c");

        Assert.Single(server.Requests);
        Assert.Equal("a", Assert.IsType<CadenzaCredential>(Assert.Single(_host.Written)).CredentialId);
        Assert.StartsWith("The outcome for OKX 'desk a' (a) was not written to the journal.", Assert.Single(_host.Warnings), StringComparison.Ordinal);
        Assert.All(_host.Errors, static error => Assert.Equal((CadenzaErrorKind.JournalUnusable, RequestOutcome.NotSent), (error.Kind, error.Exception.Outcome)));
        Assert.True(_host.Errors[0].FailsEveryItem);
    }

    [Fact]
    public async Task A_rotation_that_an_earlier_run_left_open_is_not_called_undone_where_the_journal_breaks()
    {
        await using var server = Server(List.Verified, 200);
        using CadenzaConnection connection = TestConnections.Connect(server);
        await LeaveOpenAsync(connection, isUnknown: false, JournalFolder.Rotate("a"));
        ChangeJournal journal = _folder.Open(connection);
        File.Delete(_folder.LockFile);
        Directory.CreateDirectory(_folder.LockFile);
        using (var runner = new ChangeRunner(connection, _host, ChangeKind.Rotate, journal: journal))
        {
            runner.Process(new RotateRequest(new CredentialReference("a"), TestClients.Keys()));
            runner.Complete();
        }

        Assert.Empty(server.Requests);
        Assert.Equal((CadenzaErrorKind.JournalUnusable, RequestOutcome.Unknown), (_host.Errors[0].Kind, _host.Errors[0].Exception.Outcome));
    }

    [Fact]
    public async Task Cancelling_leaves_unknown_for_what_was_in_flight()
    {
        await using var server = ScriptedServer.Answering(Answers.Never);
        using CadenzaConnection connection = TestConnections.Connect(server);
        using var stop = new System.Threading.CancellationTokenSource();
        using (var runner = new ChangeRunner(connection, _host, ChangeKind.Revoke, journal: _folder.Open(connection), cancellationToken: stop.Token))
        {
            runner.Process(new RevokeRequest(new CredentialReference("a")));
            runner.Process(new RevokeRequest(new CredentialReference("b")));
            while (server.Requests.Count < 2)
            {
                await Task.Delay(5);
            }

            await stop.CancelAsync();
            Assert.ThrowsAny<OperationCanceledException>(runner.Complete);
        }

        Assert.Equal(["Intent revoke a", "Intent revoke b", "Unknown revoke a", "Unknown revoke b"], _folder.Story.Order(StringComparer.Ordinal));
        Assert.All(_folder.Entries.Skip(2), static entry => Assert.Equal("Cancelled while the request was in flight.", entry.Message));
    }

    [Fact]
    public async Task No_secret_is_in_the_journal_whatever_the_server_says()
    {
        await using var server = ScriptedServer.Running(static request => Answers.Json(
            """{"data":null,"success":false,"errno":-22015,"error":""" + System.Text.Json.JsonSerializer.Serialize(request.Text + request.Header("Authorization")) + "}", 400));
        using CadenzaConnection connection = TestConnections.Connect(server, Canary.Token);
        ApiKeySet keys = TestClients.Keys(Canary.Key, Canary.Secret, Canary.Passphrase);
        using (var runner = new ChangeRunner(connection, _host, ChangeKind.Rotate, journal: _folder.Open(connection)))
        {
            runner.Process(new RotateRequest(new CredentialReference("a"), keys));
            runner.Complete();
        }

        Assert.Equal(["Intent rotate a", "Rejected rotate a"], _folder.Story);
        Canary.AssertNotIn(_folder.Text);
    }

    public void Dispose() => _folder.Dispose();

    private static string Made(string id, DateTimeOffset at) => Wire.Credential(id, more: $""","createdAt":{at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}""")
        .Replace($"desk {id}", "desk", StringComparison.Ordinal);

    private static CadenzaConnection TestConnection(Uri address) => CadenzaConnection.OpenUnchecked(new ConnectionPlan
    {
        BaseUri = address,
        Environment = "Custom",
        AccessToken = SecretText.Wrap("token"),
        Timing = new RequestTiming(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), MaxRetries: 0),
    });

    /// <summary>A list that is so, and changes that end so: 200, another status, or an errno.</summary>
    private static ScriptedServer Server(List list, int answer = 500) => ScriptedServer.Running(request => (request.Method, list) switch
    {
        ("POST", _) when answer == 200 => Answers.Json(Wire.Item(request.Path.EndsWith("create", StringComparison.Ordinal) ? Made("new", DateTimeOffset.UtcNow) : Wire.Credential("a", "REVOKED"))),
        ("POST", _) when answer < 0 => Answers.Json(Wire.Failure(answer), 400),
        ("POST", _) => Answers.Json(Wire.Failure(-130002), answer),
        (_, List.Revoked) => Answers.Json(Wire.List(Wire.Credential("a", "REVOKED"))),
        (_, List.Verified) => Answers.Json(Wire.List(Wire.Credential("a"))),
        (_, List.Empty) => Answers.Json(request.Path.EndsWith("/list", StringComparison.Ordinal) ? Wire.List() : Wire.Item("""{"id":"1"}""")),
        _ => Answers.Html(),
    });

    private Task LeaveOpenAsync(CadenzaConnection connection, bool isUnknown, JournaledChange slip) => isUnknown
        ? LeaveUnknownAsync(connection, slip)
        : _folder.CrashAfterIntentsAsync(connection, Since, slip);

    private async Task LeaveUnknownAsync(CadenzaConnection connection, JournaledChange slip)
    {
        using ChangeJournal journal = _folder.Open(connection);
        journal.Decide(slip);
        await journal.BeginAsync(slip, Since);
        await journal.EndAsync(slip, JournalEvent.Unknown, null, 1, null, "CadenzaTimeout", "no answer");
    }

    private void Revoke(ScriptedServer server, params string[] ids) => Revoke(server, Throttle.Default, ids);

    private void Revoke(ScriptedServer server, int throttleLimit, params string[] ids)
    {
        using CadenzaConnection connection = TestConnections.Connect(server);
        using var runner = new ChangeRunner(connection, _host, ChangeKind.Revoke, throttleLimit, _folder.Open(connection));
        foreach (string id in ids)
        {
            runner.Process(new RevokeRequest(new CredentialReference(id, "OKX", "desk " + id)));
        }

        runner.Complete();
    }

    private void Rotate(ScriptedServer server, params string[] ids)
    {
        using CadenzaConnection connection = TestConnections.Connect(server);
        using var runner = new ChangeRunner(connection, _host, ChangeKind.Rotate, journal: _folder.Open(connection));
        foreach (string id in ids)
        {
            runner.Process(new RotateRequest(new CredentialReference(id), TestClients.Keys()));
        }

        runner.Complete();
    }

    private void Create(ScriptedServer server, string? nickname)
    {
        using CadenzaConnection connection = TestConnections.Connect(server);
        Create(server, _folder.Open(connection), nickname);
    }

    private void Create(ScriptedServer server, ChangeJournal journal, string? nickname, double seconds = 0.5)
    {
        // Looks go on for as long as one call may take: no longer than this test wants to wait.
        using CadenzaConnection connection = TestConnections.Connect(server, timing: new RequestTiming(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(seconds), MaxRetries: 0));
        using var runner = new ChangeRunner(connection, _host, ChangeKind.Create, journal: journal);
        runner.Process(new CreateRequest(new NewCredential("OKX", TestClients.Keys()) { Nickname = nickname }));
        runner.Complete();
    }
}
