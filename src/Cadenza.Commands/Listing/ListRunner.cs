using System.Collections.Generic;
using System.Threading;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Paging;

namespace Cadenza.Commands.Listing;

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
                    BatchSink? sink = null;
                    sink = new BatchSink(batch => pump.Post(() => GiveOut(batch, host, sink!)));
                    await client.ObservedBy(pump).ListCredentialsAsync(filter, sink, token).ConfigureAwait(false);
                    return true;
                },
                cancellationToken);
        }
        catch (CadenzaApiException e)
        {
            host.Error(ErrorCatalog.ForListing(e, missingId: null));
        }
    }

    private static void GiveOut(IReadOnlyList<CredentialRow> batch, ICommandHost host, BatchSink sink)
    {
        foreach (CredentialRow row in batch)
        {
            GiveOut(row, host);
        }

        sink.Took(batch.Count);
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
