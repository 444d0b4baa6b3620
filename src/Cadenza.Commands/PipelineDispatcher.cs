using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Http;

namespace Cadenza.Commands;

/// <summary>
/// Runs asynchronous operations for a caller that can write output on its own thread only, such as a cmdlet. The
/// operations post actions, and the caller runs them while it waits. Any number of operations can be in flight.
/// </summary>
internal sealed class PipelineDispatcher : IRequestObserver, ICallerThread, IDisposable
{
    /// <summary>The interval of calls to <see cref="ICommandRuntime.WriteProgress"/>.</summary>
    private const int TickMilliseconds = 500;

    /// <summary>How long to wait for cancelled operations before they are abandoned.</summary>
    private static readonly TimeSpan JoinTimeout = TimeSpan.FromSeconds(5);

    private readonly object _lock = new();
    private readonly Queue<Action> _posted = new();
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _wakeUp;
    private readonly ICommandRuntime _runtime;
    private readonly CancellationToken _cancellationToken;
    private readonly WaitTexts _waits = new();
    private int _inFlight;
    private bool _isShutDown;

    /// <summary>Creates a dispatcher for one command.</summary>
    /// <param name="runtime">The runtime of the command.</param>
    /// <param name="cancellationToken">Cancels the operations and the waiting.</param>
    public PipelineDispatcher(ICommandRuntime runtime, CancellationToken cancellationToken)
    {
        _runtime = runtime;
        _cancellationToken = cancellationToken;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        WantsDetail = runtime.WantsDetail;
        WantsAttempts = runtime.WantsTrace;
        _wakeUp = cancellationToken.Register(WakeUp);
    }

    public bool WantsDetail { get; }

    public bool WantsAttempts { get; }

    /// <summary>The number of requests that had their turn. It makes the condition of a wait true.</summary>
    public long Turns { get; private set; }

    /// <summary>How long operations may continue after a shutdown that is not a cancellation.</summary>
    public TimeSpan GracePeriod { get; init; }

    /// <summary>Runs one operation to completion and runs the actions that it posts on the current thread.</summary>
    public static void Run(
        ICommandRuntime runtime,
        Func<PipelineDispatcher, CancellationToken, Task> operation,
        CancellationToken cancellationToken)
    {
        using var dispatcher = new PipelineDispatcher(runtime, cancellationToken);
        dispatcher.Start(async token =>
        {
            // Start on another thread: an operation that never waits would block this thread, which runs its actions.
            await Task.Run(() => operation(dispatcher, token), CancellationToken.None).ConfigureAwait(false);
            return null;
        });
        dispatcher.Drain();
    }

    /// <summary>Runs one operation to completion and returns its result.</summary>
    public static T Run<T>(
        ICommandRuntime runtime,
        Func<PipelineDispatcher, CancellationToken, Task<T>> operation,
        CancellationToken cancellationToken)
    {
        Task<T>? task = null;
        Run(runtime, Start, cancellationToken);
        return task!.GetAwaiter().GetResult();

        Task Start(PipelineDispatcher dispatcher, CancellationToken token) => task = operation(dispatcher, token);
    }

    /// <summary>Queues an action for the thread of the caller. Can be called on any thread.</summary>
    public void Post(Action action) => TryPost(action);

    /// <summary>
    /// Runs a function on the thread of the caller and returns its result. If it throws, the command ends with its
    /// exception. Canceled if the command has ended.
    /// </summary>
    public async Task<T> RunAsync<T>(Func<T> function, CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isPosted = TryPost(() =>
        {
            try
            {
                result.TrySetResult(function());
            }
            finally
            {
                result.TrySetCanceled();
            }
        });
        using (cancellationToken.Register(() => result.TrySetCanceled(cancellationToken)))
        {
            return isPosted
                ? await result.Task.ConfigureAwait(false)
                : throw new OperationCanceledException();
        }
    }

    /// <summary>
    /// Starts an operation on the current thread. The action that it returns runs on the thread of the caller. If it
    /// throws, the exception is thrown when the caller waits.
    /// </summary>
    public void Start(Func<CancellationToken, Task<Action?>> operation)
    {
        lock (_lock)
        {
            _inFlight++;
        }

        _ = RunAsync(operation);
    }

    /// <summary>
    /// Runs posted actions until the condition is true. The completion of an operation or a posted action must make it
    /// true.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled. All operations have ended.</exception>
    public void WaitUntil(Func<bool> condition) => ProcessUntil(condition);

    /// <summary>Runs posted actions until fewer than <paramref name="limit"/> operations are in flight.</summary>
    /// <exception cref="OperationCanceledException">Cancelled. All operations have ended.</exception>
    public void WaitForSlot(int limit) => ProcessUntil(() => _inFlight < limit);

    /// <summary>Runs posted actions until no operation is in flight.</summary>
    /// <exception cref="OperationCanceledException">Cancelled. All operations have ended.</exception>
    public void Drain() => WaitForSlot(1);

    /// <summary>
    /// Cancels the operations in flight, after <see cref="GracePeriod"/> if the command was not cancelled, and waits
    /// until they have ended. Their posted actions do not run.
    /// </summary>
    public void Shutdown()
    {
        lock (_lock)
        {
            if (_isShutDown)
            {
                return;
            }

            _isShutDown = true;
            _posted.Clear();
        }

        if (!_cancellationToken.IsCancellationRequested && GracePeriod > TimeSpan.Zero)
        {
            Join(GracePeriod, endsWithCancellation: true);
        }

        _stop.Cancel();
        Join(JoinTimeout, endsWithCancellation: false);
    }

    public void OnAttempt(RequestTrace trace) => Post(() => _runtime.WriteTrace(trace));

    public void OnDetail(string detail) => Post(() => _runtime.WriteDebug(detail));

    public void OnTurn()
    {
        lock (_lock)
        {
            Turns++;
            Monitor.Pulse(_lock);
        }
    }

    public void OnWaiting(object wait, string? text) => Post(() =>
    {
        _waits.Set(wait, text);
        _runtime.SetProgressText(_waits.Text);
    });

    public void OnNotice(string message) => Post(() => _runtime.WriteVerbose(message));

    public void OnWarning(string message) => Post(() => _runtime.WriteWarning(message));

    public void Dispose()
    {
        _wakeUp.Dispose();
        _stop.Dispose();
    }

    private bool TryPost(Action action)
    {
        lock (_lock)
        {
            if (_isShutDown)
            {
                return false;
            }

            _posted.Enqueue(action);
            Monitor.Pulse(_lock);
            return true;
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task<Action?>> operation)
    {
        Action? last;
        try
        {
            last = await operation(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            last = ExceptionDispatchInfo.Capture(e).Throw;
        }

        lock (_lock)
        {
            _inFlight--;
            if (last is not null && !_isShutDown)
            {
                _posted.Enqueue(last);
            }

            Monitor.Pulse(_lock);
        }
    }

    private void WakeUp()
    {
        lock (_lock)
        {
            Monitor.Pulse(_lock);
        }
    }

    private void ProcessUntil(Func<bool> condition)
    {
        try
        {
            while (TryDequeue(condition, out Action? action))
            {
                if (action is null)
                {
                    _runtime.WriteProgress();
                }
                else
                {
                    action();
                }
            }
        }
        catch
        {
            // Cancelled, or an action threw because the pipeline ended. The operations must end first.
            Shutdown();
            throw;
        }
    }

    /// <summary>
    /// Waits for the next action; null after an interval without one. Returns false if the queue is empty and the
    /// condition is true.
    /// </summary>
    private bool TryDequeue(Func<bool> condition, out Action? action)
    {
        action = null;
        lock (_lock)
        {
            while (true)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (_posted.Count > 0)
                {
                    action = _posted.Dequeue();
                    return true;
                }

                if (condition())
                {
                    return false;
                }

                if (!Monitor.Wait(_lock, TickMilliseconds))
                {
                    return true;
                }
            }
        }
    }

    private void Join(TimeSpan timeout, bool endsWithCancellation)
    {
        // Monitor.Wait waits in the system's time.
        long began = TimeProvider.System.GetTimestamp();
        TimeSpan left = timeout;
        lock (_lock)
        {
            while (_inFlight > 0 && left > TimeSpan.Zero
                && !(endsWithCancellation && _cancellationToken.IsCancellationRequested))
            {
                Monitor.Wait(_lock, left);
                left = timeout - TimeProvider.System.GetElapsedTime(began);
            }
        }
    }
}
