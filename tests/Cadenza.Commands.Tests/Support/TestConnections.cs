namespace Cadenza.Commands.Tests.Support;

/// <summary>Opens connections for tests.</summary>
internal static class TestConnections
{
    /// <summary>Opens a connection without retries.</summary>
    public static CadenzaConnection Connect(
        ScriptedServer server, string token = TestClients.Token, RequestTiming? timing = null) =>
        CadenzaConnection.OpenUnchecked(new ConnectionPlan
        {
            BaseUri = server.BaseAddress,
            Environment = "Custom",
            AccessToken = SecretText.Wrap(token),
            Timing = timing ?? new RequestTiming(Bound.Time, 2 * Bound.Time, MaxRetries: 0),
        });
}
