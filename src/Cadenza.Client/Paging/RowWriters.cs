using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Models;

namespace Cadenza.Client.Paging;

/// <summary>Where the rows of a listing go.</summary>
internal interface IRowWriter
{
    /// <summary>Takes a row.</summary>
    void Add(in CredentialRow row);

    /// <summary>No more comes for a while.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}

/// <summary>Hands every row to an action, at once.</summary>
internal sealed class CallbackRowWriter(Action<CredentialRow> onRow) : IRowWriter
{
    public void Add(in CredentialRow row) => onRow(row);

    public ValueTask FlushAsync(CancellationToken cancellationToken) => default;
}

/// <summary>
/// Hands rows on by the batch, as many as came at once, to a reader on another thread. A reader who cannot keep up slows the listing
/// down, so that it need not lie in memory; one who has stopped, at a question say, does not, lest the server give up.
/// </summary>
internal sealed class BatchingRowWriter(Action<IReadOnlyList<CredentialRow>> onBatch) : IRowWriter, IDisposable
{
    /// <summary>So many rows may lie there before the listing waits, and once more after each wait in vain.</summary>
    private const int MaxAhead = 1024;

    /// <summary>How long it waits. More than a thousand rows in each of these is faster than any server's idea of too slow.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _moved = new(0, 1);
    private List<CredentialRow> _batch = [];
    private long _handedOn;
    private long _taken;
    private long _allowed = MaxAhead;

    public void Add(in CredentialRow row) => _batch.Add(row);

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
        {
            return default;
        }

        List<CredentialRow> batch = _batch;
        _batch = new List<CredentialRow>(batch.Count);
        _handedOn += batch.Count;
        onBatch(batch);
        return _handedOn - Interlocked.Read(ref _taken) <= _allowed ? default : WaitAsync(cancellationToken);
    }

    /// <summary>The reader is done with so many.</summary>
    public void Acknowledge(int count)
    {
        Interlocked.Add(ref _taken, count);
        if (_moved.CurrentCount == 0)
        {
            try
            {
                _moved.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody was quicker.
            }
        }
    }

    public void Dispose() => _moved.Dispose();

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(MaxWait);
        try
        {
            while (_handedOn - Interlocked.Read(ref _taken) > _allowed)
            {
                await _moved.WaitAsync(enough.Token).ConfigureAwait(false);
            }

            _allowed = MaxAhead;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _allowed += MaxAhead;
        }
    }
}
