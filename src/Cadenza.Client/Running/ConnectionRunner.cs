using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Running;

namespace Cadenza.Client;

/// <summary>Opens and closes connections for a command.</summary>
public static class ConnectionRunner
{
    /// <summary>Connects; null where it failed and the host was told so.</summary>
    /// <exception cref="System.OperationCanceledException">Cancelled.</exception>
    public static CadenzaConnection? Open(ConnectionPlan plan, bool skipCheck, ICommandHost host, CancellationToken cancellationToken)
    {
        try
        {
            return CallerPump.Run(host, (pump, token) => CadenzaConnection.OpenAsync(plan, skipCheck, pump, token), cancellationToken);
        }
        catch (CadenzaApiException e)
        {
            host.Error(ErrorCatalog.ForConnection(e, plan.BaseUri));
            return null;
        }
    }

    /// <summary>Ends the connection, and on the server the session that it opened itself. A server that does not answer is only a warning.</summary>
    /// <exception cref="System.OperationCanceledException">Cancelled.</exception>
    public static void Close(CadenzaConnection connection, ICommandHost host, CancellationToken cancellationToken)
    {
        try
        {
            if (connection.IsLogin)
            {
                CallerPump.Run(host, (pump, token) => LogoutAsync(connection.GetClient().ObservedBy(pump), token), cancellationToken);
            }
        }
        catch (CadenzaApiException e)
        {
            host.Warn("Disconnected, but the session may go on at the server until it ends by itself: " + e.Message);
        }
        finally
        {
            connection.Dispose();
        }
    }

    private static async Task<bool> LogoutAsync(CadenzaClient client, CancellationToken cancellationToken)
    {
        await client.LogoutAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }
}
