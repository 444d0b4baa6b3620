using System.Net.Sockets;

namespace Cadenza.Client.Tests.Reliability;

public sealed class ConnectTimeoutTests
{
    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public async Task A_connection_that_cannot_be_made_in_time_has_carried_nothing()
    {
        // A server whose backlog is full answers no greeting at all (or, on some systems, refuses): either way nothing
        // was sent.
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        deaf.Listen(0);
        var end = (IPEndPoint)deaf.LocalEndPoint!;
        List<Socket> callers = FillBacklog(end);
        try
        {
            using CadenzaClient client = TestClients.Create(
                new Uri($"http://127.0.0.1:{end.Port}/"), TimeSpan.FromSeconds(2));

            await client.RevokeCredentialAsync("a").FailsAsync(ExpectedKind, RequestOutcome.NotSent);
        }
        finally
        {
            callers.ForEach(static socket => socket.Dispose());
        }
    }

#if CLIENT_NETSTANDARD
    // This build's handler has no timeout of its own for connecting, so the attempt's ends it. The body was not begun.
    private const CadenzaErrorKind ExpectedKind = CadenzaErrorKind.Timeout;
#else
    private const CadenzaErrorKind ExpectedKind = CadenzaErrorKind.ConnectionFailed;
#endif

    private static List<Socket> FillBacklog(IPEndPoint end)
    {
        var callers = new List<Socket>();
        for (int i = 0; i < 8; i++)
        {
            var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                Blocking = false,
            };
            callers.Add(caller);
            try
            {
                caller.Connect(end);
            }
            catch (SocketException)
            {
                // Under way, or refused: both fill what there is to fill.
            }
        }

        return callers;
    }
}
