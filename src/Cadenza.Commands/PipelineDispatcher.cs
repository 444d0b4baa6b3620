using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Http;

namespace Cadenza.Commands;

/// <summary>
/// Runs asynchronous work for a caller that must stay on its own thread, as a cmdlet must: what the work has to say is handed over
/// and said there, while the caller waits. Any number of works can be in flight, over any number of calls.
/// </summary>
internal sealed class PipelineDispatcher : IRequestObserver, IDisposable
{
    /// <summary>How often a sign of life is given.</summary>
    private const int TickMilliseconds = 500;

    /// <summary>How long cancelled work may take to end before it is left behind.</summary>
    private static readonly TimeSpan JoinTimeout = TimeSpan.FromSeconds(5);

    private readonly object _lock = new();
    private readonly Queue<Action> _posted = new();
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _wakeUp;
    private readonly ICommandRuntime _runtime;
    private readonly CancellationToken _cancellationToken;
    private int _inFlight;
    private bool _isShutDown;

    /// <summary>A dispatcher for a command.</summary>
    /// <param name="runtime">The caller's side.</param>
    /// <param name="cancellationToken">The caller's; ends the work and the waiting.</param>
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

    /// <summary>How long work may go on by itself after the caller has left for another reason than cancellation.</summary>
    public TimeSpan GracePeriod { get; init; }

    /// <summary>Runs one work to its end, and says on this thread what it posts meanwhile.</summary>
    public static T Run<T>(ICommandRuntime runtime, Func<PipelineDispatcher, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var dispatcher = new PipelineDispatcher(runtime, cancellationToken);
        T result = default!;
        dispatcher.Start(async token =>
        {
            // Off this thread from the beginning: what never has to wait would have nobody to say what it posts.
            result = await Task.Run(() => work(dispatcher, token), CancellationToken.None).ConfigureAwait(false);
            return null;
        });
        dispatcher.Drain();
        return result;
    }

    /// <summary>Has the action run on the caller's thread, in order. From whatever thread.</summary>
    public void Post(Action action)
    {
        lock (_lock)
        {
            if (!_isShutDown)
            {
                _posted.Enqueue(action);
                Monitor.Pulse(_lock);
            }
        }
    }

    /// <summary>
    /// Starts a work on this thread, up to where it first has to wait. It gives what is to be said of its end; an exception of it comes
    /// out where the caller waits next.
    /// </summary>
    public void Start(Func<CancellationToken, Task<Action?>> work)
    {
        lock (_lock)
        {
            _inFlight++;
        }

        _ = RunAsync(work);
    }

    /// <summary>Says what is posted until this holds, which a work's end or what is said has to bring about.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; all works have ended.</exception>
    public void WaitUntil(Func<bool> isEnough) => ProcessUntil(isEnough);

    /// <summary>Says what was posted, and waits until fewer works than this are in flight.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; all works have ended.</exception>
    public void WaitForSlot(int limit) => ProcessUntil(() => _inFlight < limit);

    /// <summary>Says what is posted until no work is in flight.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; all works have ended.</exception>
    public void Drain() => WaitForSlot(1);

    /// <summary>
    /// Ends the works that are in flight, after <see cref="GracePeriod"/> where nobody cancelled, and waits until they have ended. What they
    /// have to say is not said any more.
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

    public void OnWarning(string message) => Post(() => _runtime.WriteWarning(message));

    public void Dispose()
    {
        _wakeUp.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task<Action?>> work)
    {
        Action? last;
        try
        {
            last = await work(_stop.Token).ConfigureAwait(false);
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

    private void ProcessUntil(Func<bool> isEnough)
    {
        try
        {
            while (TryDequeue(isEnough, out Action? action))
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
            // Cancelled, or the caller's pipeline ended while it was told something. Either way the work ends first.
            Shutdown();
            throw;
        }
    }

    /// <summary>Waits for the next thing to say; null for a sign of life. False where there is nothing, and it is enough.</summary>
    private bool TryDequeue(Func<bool> isEnough, out Action? action)
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

                if (isEnough())
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

    private void Join(TimeSpan atMost, bool endsWithCancellation)
    {
        var watch = Stopwatch.StartNew();
        lock (_lock)
        {
            while (_inFlight > 0 && watch.Elapsed < atMost && !(endsWithCancellation && _cancellationToken.IsCancellationRequested))
            {
                Monitor.Wait(_lock, atMost - watch.Elapsed is { Ticks: > 0 } left ? left : TimeSpan.Zero);
            }
        }
    }
}
