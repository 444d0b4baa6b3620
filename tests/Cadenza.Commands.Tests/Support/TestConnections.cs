namespace Cadenza.Commands.Tests.Support;

/// <summary>Opens connections for tests.</summary>
internal static class TestConnections
{
    /// <summary>Opens a connection, by default without retries.</summary>
    public static CadenzaConnection Connect(
        ScriptedServer server, string token = TestClients.Token, RequestTiming? timing = null) =>
        Connect(server.BaseAddress, token, timing);

    /// <inheritdoc cref="Connect(ScriptedServer, string, RequestTiming?)"/>
    public static CadenzaConnection Connect(
        Uri address,
        string token = TestClients.Token,
        RequestTiming? timing = null,
        string environment = "Custom",
        HttpMessageHandler? handler = null,
        TimeProvider? timeProvider = null) =>
        CadenzaConnection.OpenUnchecked(new ConnectionPlan
        {
            BaseUri = address,
            Environment = environment,
            AccessToken = SecretText.Wrap(token),
            Handler = handler,
            Timing = timing ?? new RequestTiming(Bound.Time, 2 * Bound.Time, MaxRetries: 0),
            TimeProvider = timeProvider ?? TimeProvider.System,
        });

    /// <summary>Opens a connection to a sandbox in memory, with the default number of retries.</summary>
    public static CadenzaConnection Connect(SandboxHandler sandbox, TimeProvider? timeProvider = null) => Connect(
        sandbox.BaseAddress, sandbox.IssueAccessToken(), RequestTiming.Default, "Sandbox", sandbox, timeProvider);
}
