using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Connections;

/// <summary>Opens and closes connections for a command.</summary>
internal static class ConnectionRunner
{
    private static readonly TimeSpan ExpiresSoon = TimeSpan.FromMinutes(10);

    /// <summary>Opens a connection. If this fails, writes an error and returns null.</summary>
    /// <exception cref="System.OperationCanceledException">Cancelled.</exception>
    public static CadenzaConnection? Open(
        ConnectionPlan plan, bool skipCheck, ICommandRuntime runtime, CancellationToken cancellationToken)
    {
        try
        {
            return PipelineDispatcher.Run(
                runtime,
                (dispatcher, token) => CadenzaConnection.OpenAsync(plan, skipCheck, dispatcher, token),
                cancellationToken);
        }
        catch (ApiException e)
        {
            runtime.WriteError(ErrorCatalog.ForConnection(e, plan.BaseUri));
            return null;
        }
    }

    /// <summary>
    /// Closes a connection and signs out if it was opened with a login. If the sign-out fails, writes a warning.
    /// </summary>
    /// <exception cref="System.OperationCanceledException">Cancelled.</exception>
    public static void Close(CadenzaConnection connection, ICommandRuntime runtime, CancellationToken cancellationToken)
    {
        try
        {
            if (connection.IsLogin)
            {
                PipelineDispatcher.Run(
                    runtime,
                    (dispatcher, token) => LogoutAsync(connection.GetClient().ObservedBy(dispatcher), token),
                    cancellationToken);
            }
        }
        catch (ApiException e)
        {
            runtime.WriteWarning(Messages.SignOutFailed(e.Message));
        }
        finally
        {
            connection.Dispose();
        }
    }

    /// <summary>Warns once per connection if the access token expires soon and cannot be renewed.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="runtime">Receives the warning.</param>
    /// <param name="advice">How the user gets a connection that renews its token.</param>
    public static void WarnIfTokenEnds(CadenzaConnection connection, ICommandRuntime runtime, string advice)
    {
        if (!connection.RenewsToken && connection.TokenExpiresAt is DateTimeOffset end)
        {
            WarnIfTokenEnds(connection, end, runtime, advice);
        }
    }

    private static void WarnIfTokenEnds(
        CadenzaConnection connection, DateTimeOffset end, ICommandRuntime runtime, string advice)
    {
        TimeSpan left = end - connection.TimeProvider.GetUtcNow();
        if (left >= ExpiresSoon || !connection.TryStartTokenWarning())
        {
            return;
        }

        string minutes = Math.Max(0, left.TotalMinutes).ToString("0", CultureInfo.InvariantCulture);
        runtime.WriteWarning(Messages.TokenEnds(minutes, UtcTime.FormatMinute(end), advice));
    }

    private static async Task<bool> LogoutAsync(CadenzaClient client, CancellationToken cancellationToken)
    {
        await client.LogoutAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }
}
