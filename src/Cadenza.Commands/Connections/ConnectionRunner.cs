using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Connections;

/// <summary>Opens and closes connections for a command.</summary>
public static class ConnectionRunner
{
    private static readonly TimeSpan EndsSoon = TimeSpan.FromMinutes(10);

    /// <summary>Connects; null where it failed and the host was told so.</summary>
    /// <exception cref="System.OperationCanceledException">Cancelled.</exception>
    public static CadenzaConnection? Open(ConnectionPlan plan, bool skipCheck, ICommandRuntime runtime, CancellationToken cancellationToken)
    {
        try
        {
            return PipelineDispatcher.Run(runtime, (dispatcher, token) => CadenzaConnection.OpenAsync(plan, skipCheck, dispatcher, token), cancellationToken);
        }
        catch (ApiException e)
        {
            runtime.WriteError(ErrorCatalog.ForConnection(e, plan.BaseUri));
            return null;
        }
    }

    /// <summary>Ends the connection, and on the server the session that it opened itself. A server that does not answer is only a warning.</summary>
    /// <exception cref="System.OperationCanceledException">Cancelled.</exception>
    public static void Close(CadenzaConnection connection, ICommandRuntime runtime, CancellationToken cancellationToken)
    {
        try
        {
            if (connection.IsLogin)
            {
                PipelineDispatcher.Run(runtime, (dispatcher, token) => LogoutAsync(connection.GetClient().ObservedBy(dispatcher), token), cancellationToken);
            }
        }
        catch (ApiException e)
        {
            runtime.WriteWarning("Disconnected, but the session may go on at the server until it ends by itself: " + e.Message);
        }
        finally
        {
            connection.Dispose();
        }
    }

    /// <summary>Warns, once for each connection, of a token that ends in the middle of a long run and that nobody renews.</summary>
    public static void WarnIfTokenEnds(CadenzaConnection connection, ICommandRuntime runtime)
    {
        if (connection.IsLogin || connection.TokenExpiresAt is not DateTimeOffset end || end - DateTimeOffset.UtcNow >= EndsSoon
            || !connection.TakeTokenWarning())
        {
            return;
        }

        double minutes = Math.Max(0, (end - DateTimeOffset.UtcNow).TotalMinutes);
        runtime.WriteWarning(FormattableString.Invariant(
            $"The access token ends in {minutes:0} minutes ({UtcTime.FormatMinute(end)}Z) and cannot be renewed. Connect-Cadenza -Credential signs in and renews."));
    }

    private static async Task<bool> LogoutAsync(CadenzaClient client, CancellationToken cancellationToken)
    {
        await client.LogoutAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }
}
