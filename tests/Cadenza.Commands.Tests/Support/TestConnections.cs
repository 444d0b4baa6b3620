using System;
using Cadenza.Client.Security;
using Cadenza.Client.Tests.Support;
using Cadenza.Commands.Connections;

namespace Cadenza.Commands.Tests.Support;

/// <summary>Connections as the tests of commands want them.</summary>
internal static class TestConnections
{
    /// <summary>A connection, for runners: one attempt a call.</summary>
    public static CadenzaConnection Connect(ScriptedServer server, string token = TestClients.Token, RequestTiming? timing = null) =>
        CadenzaConnection.OpenUnchecked(new ConnectionPlan
        {
            BaseUri = server.BaseAddress,
            Environment = "Custom",
            AccessToken = SecretText.Wrap(token),
            Timing = timing ?? new RequestTiming(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), MaxRetries: 0),
        });
}
