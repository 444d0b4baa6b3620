using System;
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
internal sealed class BatchingRowWriter(TimeProvider timeProvider, Action<CredentialRow[]> onBatch)
    : IRowWriter, IDisposable
{
    /// <summary>
    /// The number of unacknowledged rows before the listing waits. Each wait that times out allows as many more.
    /// </summary>
    private const int MaxUnacknowledged = 1024;

    /// <summary>The maximum time to wait. No server treats a thousand rows in this time as too slow.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _acknowledgements = new(0, 1);

    // Arrays, because each generic type of these rows is compiled in each process.
    private CredentialRow[] _rows = new CredentialRow[16];
    private int _count;
    private long _flushed;
    private long _acknowledged;
    private long _allowed = MaxUnacknowledged;

    /// <summary>Whether more rows were passed on than a short list has.</summary>
    public bool IsLongList => Interlocked.Read(ref _flushed) > HotPath.ShortList;

    public void Add(in CredentialRow row)
    {
        if (_count == _rows.Length)
        {
            _rows = CopyRows(2 * _count);
        }

        _rows[_count++] = row;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_count == 0)
        {
            return default;
        }

        CredentialRow[] batch = CopyRows(_count);
        Array.Clear(_rows, 0, _count);
        _flushed += _count;
        _count = 0;
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

    private CredentialRow[] CopyRows(int length)
    {
        var copy = new CredentialRow[length];
        Array.Copy(_rows, copy, _count);
        return copy;
    }

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
