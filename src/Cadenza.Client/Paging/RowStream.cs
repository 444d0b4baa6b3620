using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Models;

namespace Cadenza.Client.Paging;

/// <summary>Converts a listing that writes rows into an asynchronous stream of rows.</summary>
internal static class RowStream
{
    /// <summary>Starts the listing and returns its rows. Cancels the listing if the caller stops early.</summary>
    public static async IAsyncEnumerable<CredentialRow> ReadAsync(
        TimeProvider timeProvider,
        Func<IRowWriter, CancellationToken, Task> listAsync,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var batches = new AsyncQueue<IReadOnlyList<CredentialRow>>();
        using var writer = new BatchingRowWriter(timeProvider, batches.Add);
        Task listing = ListThenCompleteAsync();
        try
        {
            while (await batches.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                while (batches.TryTake(out IReadOnlyList<CredentialRow> batch))
                {
                    foreach (CredentialRow row in batch)
                    {
                        yield return row;
                    }

                    writer.Acknowledge(batch.Count);
                }
            }

            await listing.ConfigureAwait(false);
        }
        finally
        {
            stop.Cancel();
            await listing
                .ContinueWith(
                    static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)
                .ConfigureAwait(false);
        }

        async Task ListThenCompleteAsync()
        {
            try
            {
                await listAsync(writer, stop.Token).ConfigureAwait(false);
            }
            finally
            {
                batches.Complete();
            }
        }
    }
}
