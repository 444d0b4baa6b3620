using System;
using System.Threading;

namespace Cadenza.Client.Http;

/// <summary>
/// A timeout on the time of a <see cref="TimeProvider"/>. Its token is also canceled if the caller cancels.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;

    /// <summary>Starts the timeout. A timeout that is not positive has ended.</summary>
    public Deadline(TimeProvider timeProvider, TimeSpan timeout, CancellationToken cancellationToken)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = _source.Token;
        _timer = timeProvider.CreateTimer(
            static state => ((Deadline)state!).Cancel(), this, Clamp(timeout), Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token { get; }

    /// <summary>Whether the timeout has ended or the caller canceled.</summary>
    public bool IsOver => Token.IsCancellationRequested;

    /// <summary>Replaces the timeout by another one that starts now.</summary>
    public void Restart(TimeSpan timeout) => _timer.Change(Clamp(timeout), Timeout.InfiniteTimeSpan);

    /// <summary>Stops the timeout until it is restarted. The caller can still cancel.</summary>
    public void Suspend() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private static TimeSpan Clamp(TimeSpan timeout) => timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero;

    private void Cancel()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The timer fired while the deadline was disposed.
        }
    }
}
