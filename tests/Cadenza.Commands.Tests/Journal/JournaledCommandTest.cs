namespace Cadenza.Commands.Tests.Journal;

/// <summary>The base of tests that run changes with a journal.</summary>
public abstract class JournaledCommandTest : JournalTest
{
    private protected static readonly DateTimeOffset Since = DateTimeOffset.UtcNow.AddMinutes(-1);

    private protected RecordingRuntime Runtime { get; } = new();

    private protected enum List
    {
        Revoked,
        Verified,
        Empty,
        Fails,
    }

    private protected static string Made(string id, DateTimeOffset at) =>
        Wire.Credential(
            id, more: $""","createdAt":{at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}""")
        .Replace($"desk {id}", "desk", StringComparison.Ordinal);

    /// <summary>A server with this list and this response to changes: an HTTP status or an errno.</summary>
    private protected static ScriptedServer Server(List list, int answer = 500) =>
        ScriptedServer.Running(request => (request.Method, list) switch
    {
        ("POST", _) when answer == 200 => Answers.Json(Wire.Item(
            request.Path.EndsWith("create", StringComparison.Ordinal)
                ? Made("new", DateTimeOffset.UtcNow)
                : Wire.Credential("a", "REVOKED"))),
        ("POST", _) when answer < 0 => Answers.Json(Wire.Failure(answer), 400),
        ("POST", _) => Answers.Json(Wire.Failure(-130002), answer),
        (_, List.Revoked) => Answers.Json(Wire.List(Wire.Credential("a", "REVOKED"))),
        (_, List.Verified) => Answers.Json(Wire.List(Wire.Credential("a"))),
        (_, List.Empty) => Answers.Json(
            request.Path.EndsWith("/list", StringComparison.Ordinal) ? Wire.List() : Wire.Item("""{"id":"1"}""")),
        _ => Answers.Html(),
    });

    private protected async Task LeaveUnresolvedAsync(ScriptedServer server, bool isUnknown, JournaledChange journaled)
    {
        using CadenzaConnection connection = TestConnections.Connect(server);
        await LeaveUnresolvedAsync(connection, isUnknown, journaled);
    }

    private protected Task LeaveUnresolvedAsync(
        CadenzaConnection connection, bool isUnknown, JournaledChange journaled) => isUnknown
        ? LeaveUnknownAsync(connection, journaled)
        : Folder.CrashAfterIntentsAsync(connection, Since, journaled);

    private async Task LeaveUnknownAsync(CadenzaConnection connection, JournaledChange journaled)
    {
        using ChangeJournal journal = Folder.Open(connection);
        journal.Decide(journaled);
        await journal.BeginAsync(journaled, Since);
        await journal.EndAsync(
            journaled, JournalEvent.Unknown, new JournalResult(null, 1, null, "CadenzaTimeout", "no answer"));
    }

    /// <summary>Whether the input of a revoke has more than the id, so that it is compared with the server.</summary>
    private protected bool HasDetails { get; set; } = true;

    private protected void Revoke(ScriptedServer server, params string[] ids) => Revoke(server, Throttle.Default, ids);

    private protected void Revoke(ScriptedServer server, int throttleLimit, params string[] ids)
    {
        using CadenzaConnection connection = TestConnections.Connect(server);
        ChangeRunOptions options = new() { ThrottleLimit = throttleLimit, Journal = Folder.Open(connection) };
        ChangeRuns.Run(connection, Runtime, options, ids.Select(id => new RevokeRequest(
            HasDetails ? new CredentialReference(id, "OKX", "desk " + id) : new CredentialReference(id))));
    }

    private protected void Revoke(ScriptedServer server, CredentialReference item)
    {
        using CadenzaConnection connection = TestConnections.Connect(server);
        Run(connection, new RevokeRequest(item));
    }

    private protected void Rotate(ScriptedServer server, params string[] ids)
    {
        using CadenzaConnection connection = TestConnections.Connect(server);
        Run(connection, ids.Select(static id => ChangeRuns.Rotation(id)));
    }

    /// <summary>Makes changes of one kind with the journal.</summary>
    private protected void Run(CadenzaConnection connection, params IEnumerable<ChangeRequest> requests) =>
        ChangeRuns.Run(connection, Runtime, new() { Journal = Folder.Open(connection) }, requests);

    private protected void Create(ScriptedServer server, string? nickname)
    {
        using CadenzaConnection connection = TestConnections.Connect(server);
        Create(server, Folder.Open(connection), nickname);
    }

    private protected void Create(ScriptedServer server, ChangeJournal journal, string? nickname, double seconds = 0.5)
    {
        // A reconciliation continues until the retry timeout, so keep it short.
        using CadenzaConnection connection = TestConnections.Connect(
            server, timing: new RequestTiming(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(seconds), MaxRetries: 0));
        ChangeRuns.Run(connection, Runtime, new() { Journal = journal }, ChangeRuns.Creation(nickname));
    }
}
