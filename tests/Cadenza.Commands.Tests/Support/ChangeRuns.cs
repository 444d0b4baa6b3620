namespace Cadenza.Commands.Tests.Support;

/// <summary>Runs of changes for tests.</summary>
internal static class ChangeRuns
{
    public static string[] Ids(int count) => [.. Enumerable.Range(1, count).Select(static i => $"id-{i}")];

    public static string IdIn(ReceivedRequest request) =>
        JsonDocument.Parse(request.Text).RootElement.GetProperty("credentialId").GetString()!;

    public static IEnumerable<string> WrittenIds(RecordingRuntime host) =>
        host.Written.Cast<CadenzaCredential>().Select(static c => c.CredentialId);

    public static void ThrowIf(bool isTime)
    {
        if (isTime)
        {
            throw new StoppedException();
        }
    }

    public static void Revoke(ScriptedServer server, RecordingRuntime host, int limit, string[] ids)
    {
        using CadenzaConnection connection = TestConnections.Connect(server);
        using var runner = new ChangeRunner(connection, host, ChangeKind.Revoke, new() { ThrottleLimit = limit });
        Feed(runner, ids);
    }

    public static void Feed(ChangeRunner runner, string[] ids)
    {
        foreach (string id in ids)
        {
            runner.Process(new RevokeRequest(new CredentialReference(id)));
        }

        runner.Complete();
    }
}
