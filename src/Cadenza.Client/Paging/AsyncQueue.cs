using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Client.Paging;

/// <summary>
/// An unbounded queue with one consumer, because netstandard2.0 does not include System.Threading.Channels.
/// </summary>
internal sealed class AsyncQueue<T> : IDisposable
{
    private readonly ConcurrentQueue<T> _items = new();
    private readonly SemaphoreSlim _available = new(0);
    private volatile bool _isComplete;

    public void Add(T item)
    {
        _items.Enqueue(item);
        _available.Release();
    }

    public void Complete()
    {
        _isComplete = true;
        _available.Release();
    }

    public bool TryTake(out T item) => _items.TryDequeue(out item!);

    /// <summary>Waits for an item. Returns false after the queue is complete and empty.</summary>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        while (_items.IsEmpty)
        {
            if (_isComplete)
            {
                // The last item may have been added between the two checks.
                return !_items.IsEmpty;
            }

            await _available.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    public void Dispose() => _available.Dispose();
}
