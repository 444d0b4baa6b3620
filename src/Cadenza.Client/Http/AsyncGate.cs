using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Client.Http;

/// <summary>
/// Lets one caller in at a time, in the order they came. Unlike a SemaphoreSlim it resumes the next one on the thread that leaves, so
/// that a test on a virtual clock is a pure function of its seed.
/// </summary>
internal sealed class AsyncGate
{
    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = new();
    private bool _isTaken;

    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<bool> turn;
        lock (_waiting)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return;
            }

            turn = new TaskCompletionSource<bool>();
            _waiting.AddLast(turn);
        }

        using (cancellationToken.Register(() => GiveUp(turn)))
        {
            await turn.Task.ConfigureAwait(false);
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

    private void GiveUp(TaskCompletionSource<bool> turn)
    {
        bool wasWaiting;
        lock (_waiting)
        {
            wasWaiting = _waiting.Remove(turn);
        }

        // One that was let in at the same moment keeps its turn and sees the cancellation at its next step.
        if (wasWaiting)
        {
            turn.SetCanceled();
        }
    }
}
