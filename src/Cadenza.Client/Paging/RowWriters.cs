using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Http;
using Cadenza.Client.Models;

namespace Cadenza.Client.Paging;

/// <summary>Receives the rows of a listing.</summary>
internal interface IRowWriter
{
    /// <summary>Adds a row.</summary>
    void Add(in CredentialRow row);

    /// <summary>Called before the listing waits for more of the response.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}

/// <summary>Calls an action for each row immediately.</summary>
internal sealed class CallbackRowWriter(Action<CredentialRow> onRow) : IRowWriter
{
    public void Add(in CredentialRow row) => onRow(row);

    public ValueTask FlushAsync(CancellationToken cancellationToken) => default;
}

/// <summary>
/// Passes batches of rows to a consumer on another thread. A slow consumer slows down the listing, which bounds the
/// memory. A consumer that stopped, for example at a prompt, does not block it for long, so that the server does not
/// time out.
/// </summary>
internal sealed class BatchingRowWriter(TimeProvider timeProvider, Action<IReadOnlyList<CredentialRow>> onBatch)
    : IRowWriter, IDisposable
{
    /// <summary>
    /// The number of unacknowledged rows before the listing waits. Each wait that times out allows as many more.
    /// </summary>
    private const int MaxUnacknowledged = 1024;

    /// <summary>The maximum time to wait. No server treats a thousand rows in this time as too slow.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _acknowledgements = new(0, 1);
    private List<CredentialRow> _batch = [];
    private long _flushed;
    private long _acknowledged;
    private long _allowed = MaxUnacknowledged;

    [MethodImpl(HotPath.Optimized)]
    public void Add(in CredentialRow row) => _batch.Add(row);

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
        {
            return default;
        }

        List<CredentialRow> batch = _batch;
        _batch = new List<CredentialRow>(batch.Count);
        _flushed += batch.Count;
        onBatch(batch);
        return _flushed - Interlocked.Read(ref _acknowledged) <= _allowed ? default : WaitAsync(cancellationToken);
    }

    /// <summary>Called by the consumer after it processed <paramref name="count"/> rows.</summary>
    public void Acknowledge(int count)
    {
        Interlocked.Add(ref _acknowledged, count);
        if (_acknowledgements.CurrentCount == 0)
        {
            try
            {
                _acknowledgements.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another thread released it first.
            }
        }
    }

    public void Dispose() => _acknowledgements.Dispose();

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        using var timeout = new Deadline(timeProvider, MaxWait, cancellationToken);
        try
        {
            while (_flushed - Interlocked.Read(ref _acknowledged) > _allowed)
            {
                await _acknowledgements.WaitAsync(timeout.Token).ConfigureAwait(false);
            }

            _allowed = MaxUnacknowledged;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _allowed += MaxUnacknowledged;
        }
    }
}
