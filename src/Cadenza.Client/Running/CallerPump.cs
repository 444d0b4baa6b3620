using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Client.Running;

/// <summary>
/// Runs asynchronous work for a caller that must stay on its own thread, as a cmdlet must: what the work has to say is handed over
/// and said there. Returns only when the work has ended, whether it succeeded, failed, or was cancelled.
/// </summary>
internal sealed class CallerPump : IRequestObserver, IDisposable
{
    /// <summary>How long cancelled work may take to end before it is left behind.</summary>
    private const int JoinTimeoutMilliseconds = 5_000;

    /// <summary>How often a sign of life is given.</summary>
    private const int TickMilliseconds = 500;

    private readonly BlockingCollection<Action> _queue = new();
    private readonly ICommandHost _host;

    private CallerPump(ICommandHost host)
    {
        _host = host;
        WantsDetail = host.WantsDetail;
    }

    public bool WantsDetail { get; }

    /// <summary>Runs the work and says on this thread what it posts meanwhile.</summary>
    public static T Run<T>(ICommandHost host, Func<CallerPump, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var pump = new CallerPump(host);
        return pump.Run(work, cancellationToken);
    }

    /// <summary>Has the action run on the caller's thread, in order.</summary>
    public void Post(Action action)
    {
        try
        {
            _queue.Add(action);
        }
        catch (InvalidOperationException)
        {
            // The caller has left: there is nobody to tell.
        }
    }

    public void OnAttempt(RequestTrace trace) => Post(() => _host.Trace(trace));

    public void OnDetail(string detail) => Post(() => _host.Detail(detail));

    public void OnWarning(string message) => Post(() => _host.Warn(message));

    public void Dispose() => _queue.Dispose();

    private void SayWhatIsPosted(CancellationToken cancellationToken)
    {
        while (!_queue.IsCompleted)
        {
            if (_queue.TryTake(out Action? action, TickMilliseconds, cancellationToken))
            {
                action();
            }
            else if (!_queue.IsCompleted)
            {
                _host.Waiting();
            }
        }
    }

    private T Run<T>(Func<CallerPump, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<T> task = Task.Run(() => work(this, stop.Token), CancellationToken.None);
        Task ended = task.ContinueWith(
            _ => _queue.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            SayWhatIsPosted(cancellationToken);
        }
        catch
        {
            // Cancelled, or the caller's pipeline ended while it was told something. Either way the work ends first.
            stop.Cancel();
            ended.Wait(JoinTimeoutMilliseconds, CancellationToken.None);
            _ = task.Exception;
            throw;
        }

        return task.GetAwaiter().GetResult();
    }
}
