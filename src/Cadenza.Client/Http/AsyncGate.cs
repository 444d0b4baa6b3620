using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Client.Http;

/// <summary>
/// An asynchronous first-in, first-out lock. Unlike SemaphoreSlim, it resumes the next caller on the thread that
/// leaves, so that tests on a virtual clock are deterministic.
/// </summary>
internal sealed class AsyncGate
{
    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = new();
    private bool _isTaken;

    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<bool> waiter;
        lock (_waiting)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return;
            }

            waiter = new TaskCompletionSource<bool>();
            _waiting.AddLast(waiter);
        }

        using (cancellationToken.Register(() => Cancel(waiter)))
        {
            await waiter.Task.ConfigureAwait(false);
        }
    }

    public void Leave()
    {
        TaskCompletionSource<bool>? next = null;
        lock (_waiting)
        {
            if (_waiting.First is null)
            {
                _isTaken = false;
            }
            else
            {
                next = _waiting.First.Value;
                _waiting.RemoveFirst();
            }
        }

        next?.SetResult(true);
    }

    private void Cancel(TaskCompletionSource<bool> waiter)
    {
        bool wasWaiting;
        lock (_waiting)
        {
            wasWaiting = _waiting.Remove(waiter);
        }

        // A caller that entered at the same time keeps the lock and observes the cancellation in its next step.
        if (wasWaiting)
        {
            waiter.SetCanceled();
        }
    }
}
