using System.Runtime.CompilerServices;
using System.Threading;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Paging;

namespace Cadenza.Commands.Listing;

/// <summary>
/// Writes a list of credentials while it is received. The response is read ahead so that the server does not time out
/// while a prompt blocks the pipeline.
/// </summary>
internal static class ListRunner
{
    /// <summary>Writes the credentials that match the filter.</summary>
    /// <exception cref="System.OperationCanceledException">Cancelled.</exception>
    public static void Run(
        CadenzaClient client, ICommandRuntime runtime, CredentialFilter filter, CancellationToken cancellationToken)
    {
        try
        {
            PipelineDispatcher.Run(
                runtime,
                (dispatcher, token) =>
                {
                    BatchingRowWriter? writer = null;
                    writer = new BatchingRowWriter(
                        client.TimeProvider, batch => dispatcher.Post(() => Write(batch, runtime, writer!)));
                    return client.ObservedBy(dispatcher).ListCredentialsAsync(filter, writer, token);
                },
                cancellationToken);
        }
        catch (ApiException e)
        {
            runtime.WriteError(ErrorCatalog.ForFailure(e));
        }
    }

    private static void Write(CredentialRow[] batch, ICommandRuntime runtime, BatchingRowWriter writer)
    {
        if (writer.IsLongList)
        {
            WriteOptimized(batch, runtime);
        }
        else
        {
            WriteCore(batch, runtime);
        }

        writer.Acknowledge(batch.Length);
    }

    [MethodImpl(HotPath.Optimized)]
    private static void WriteOptimized(CredentialRow[] batch, ICommandRuntime runtime) => WriteCore(batch, runtime);

    [MethodImpl(HotPath.Inlined)]
    private static void WriteCore(CredentialRow[] batch, ICommandRuntime runtime)
    {
        foreach (CredentialRow row in batch)
        {
            Write(row, runtime);
        }
    }

    [MethodImpl(HotPath.Inlined)]
    private static void Write(CredentialRow row, ICommandRuntime runtime)
    {
        if (row.Credential is not null)
        {
            runtime.WriteObject(row.Credential);
        }
        else if (row.Error is not null)
        {
            runtime.WriteError(ErrorCatalog.ForFailure(row.Error, row.MissingId));
        }
        else if (row.Warning is not null)
        {
            runtime.WriteWarning(row.Warning);
        }
    }
}
