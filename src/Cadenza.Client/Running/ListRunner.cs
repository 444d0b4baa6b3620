using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Running;

namespace Cadenza.Client;

/// <summary>Gives out a listing as it arrives. The answer is read ahead, so that a question to the user does not make the server give up.</summary>
public static class ListRunner
{
    /// <summary>Lists what the filter lets pass.</summary>
    /// <exception cref="System.OperationCanceledException">Cancelled.</exception>
    public static void Run(CadenzaClient client, ICommandHost host, CredentialFilter filter, CancellationToken cancellationToken)
    {
        try
        {
            CallerPump.Run(
                host,
                async (pump, token) =>
                {
                    await client.ObservedBy(pump)
                        .ListCredentialsAsync(filter, row => pump.Post(() => GiveOut(row, host)), token).ConfigureAwait(false);
                    return true;
                },
                cancellationToken);
        }
        catch (CadenzaApiException e)
        {
            host.Error(ErrorCatalog.ForListing(e, missingId: null));
        }
    }

    private static void GiveOut(CredentialRow row, ICommandHost host)
    {
        if (row.Credential is not null)
        {
            host.Write(row.Credential);
        }
        else if (row.Error is not null)
        {
            host.Error(ErrorCatalog.ForListing(row.Error, row.MissingId));
        }
        else if (row.Warning is not null)
        {
            host.Warn(row.Warning);
        }
    }
}
