using Cadenza.Commands.Verification;

namespace Cadenza.Commands.Tests.Support;

/// <summary>Runs of changes for tests.</summary>
internal static class ChangeRuns
{
    public static string[] Ids(int count) => [.. Enumerable.Range(1, count).Select(static i => $"id-{i}")];

    public static string IdIn(ReceivedRequest request) =>
        JsonDocument.Parse(request.Text).RootElement.GetProperty("credentialId").GetString()!;

    public static Answer Revoked(string id) => Answers.Json(Wire.Item(Wire.Credential(id, "REVOKED")));

    /// <summary>The response to a revoke that is made.</summary>
    public static Answer Revoked(ReceivedRequest request) => Revoked(IdIn(request));

    public static IEnumerable<string> WrittenIds(RecordingRuntime host) =>
        host.Written.Cast<CadenzaCredential>().Select(static c => c.CredentialId);

    public static void ThrowIf(bool condition)
    {
        if (condition)
        {
            throw new StoppedException();
        }
    }

    public static IEnumerable<RevokeRequest> Revokes(params string[] ids) =>
        ids.Select(static id => new RevokeRequest(new CredentialReference(id)));

    public static RotateRequest Rotation(string id, ApiKeySet? keys = null) =>
        new(new CredentialReference(id), keys ?? TestClients.Keys());

    public static CreateRequest Creation(string? nickname) =>
        new(new NewCredential("OKX", TestClients.Keys()) { Nickname = nickname });

    public static void Revoke(ScriptedServer server, RecordingRuntime host, int limit, string[] ids)
    {
        using CadenzaConnection connection = TestConnections.Connect(server);
        Run(connection, host, new() { ThrottleLimit = limit }, Revokes(ids));
    }

    /// <summary>Processes a change whose position in the input does not matter.</summary>
    public static void Process(this ChangeRunner runner, ChangeRequest request) =>
        runner.Process(request.Existing ?? default, request);

    /// <summary>Makes changes of one kind, and returns after their outcomes are written.</summary>
    public static void Run(
        CadenzaConnection connection,
        RecordingRuntime host,
        ChangeRunOptions? options,
        params IEnumerable<ChangeRequest> requests)
    {
        using var runner = new ChangeRunner(connection, host, requests.First().Kind, options);
        Feed(runner, requests);
    }

    public static void Feed(ChangeRunner runner, string[] ids) => Feed(runner, Revokes(ids));

    public static void Feed(ChangeRunner runner, params IEnumerable<ChangeRequest> requests)
    {
        foreach (ChangeRequest request in requests)
        {
            runner.Process(request);
        }

        runner.Complete();
    }

    /// <summary>Verifies credentials, and returns after the results are written.</summary>
    public static void Verify(
        ScriptedServer server, RecordingRuntime host, int limit, params IEnumerable<CredentialReference> items)
    {
        using CadenzaConnection connection = TestConnections.Connect(server);
        Verify(connection, host, limit, items);
    }

    public static void Verify(
        CadenzaConnection connection, RecordingRuntime host, int limit, params IEnumerable<CredentialReference> items)
    {
        using var runner = new VerifyRunner(connection, host, limit);
        foreach (CredentialReference item in items)
        {
            runner.Process(item);
        }

        runner.Complete();
    }
}
