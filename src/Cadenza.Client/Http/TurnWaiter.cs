using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Http;

/// <summary>
/// Lets the requests of a command wait for their turn: until the server accepts requests again, and at the pace of the
/// connection and of the command. The pace is not part of the timeout of a call, because it depends on the number of
/// requests before it.
/// </summary>
/// <param name="context">The connection.</param>
/// <param name="interval">The time between two requests that the command asks for; zero for no limit.</param>
/// <param name="observer">Receives the reasons for waiting, or null.</param>
internal sealed class TurnWaiter(SenderContext context, TimeSpan interval, IRequestObserver? observer)
{
    /// <summary>What a response may change is checked this often.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(100);

    private readonly RequestPace _pace = context.Pace;
    private readonly TimeProvider _timeProvider = context.Options.TimeProvider;
    private int _reported;

    /// <summary>Whether requests may have to wait for the pace of the connection or the command.</summary>
    public bool IsPaced => interval > TimeSpan.Zero || _pace.IsActive;

    /// <summary>Whether a request probably has to wait for its turn.</summary>
    public bool IsSlow => interval > TimeSpan.Zero || _pace.IsSlow;

    /// <summary>Waits until the request may be sent.</summary>
    /// <exception cref="ApiException">The server accepts no requests for longer than the call can wait.</exception>
    public Task WaitAsync(CallProgress call, CancellationToken cancellationToken)
    {
        if (IsPaced || context.RateLimitGate.IsHeld)
        {
            return WaitForTurnOrServerAsync(call, cancellationToken);
        }

        _pace.Begin();
        return Task.CompletedTask;
    }

    private async Task WaitForTurnOrServerAsync(CallProgress call, CancellationToken cancellationToken)
    {
        if (IsPaced)
        {
            await WaitForTurnAsync(call, cancellationToken).ConfigureAwait(false);
            observer?.OnTurn();
        }
        else
        {
            await WaitForServerAsync(call, cancellationToken).ConfigureAwait(false);
            _pace.Begin();
        }
    }

    /// <summary>Learns from the RateLimit headers of a response.</summary>
    public void Observe(RateLimitReport? report)
    {
        if (_pace.Observe(report) is TimeSpan delay)
        {
            context.RateLimitGate.Hold(delay);
            Report(PaceReason.NoneLeft, Messages.NoneLeft(delay));
        }
    }

    private async Task WaitForTurnAsync(CallProgress call, CancellationToken cancellationToken)
    {
        long began = _timeProvider.GetTimestamp();
        Task entered = _pace.Queue.EnterAsync(cancellationToken);
        bool isResumed = !entered.IsCompleted;
        await entered.ConfigureAwait(false);
        try
        {
            if (isResumed)
            {
                // On the thread of the request that left the queue, which must be able to send its request first.
                await Task.Yield();
            }

            call.Exclude(began, _timeProvider.GetTimestamp());
            while (true)
            {
                await WaitForServerAsync(call, cancellationToken).ConfigureAwait(false);
                PaceDelay next = _pace.Take(interval);
                if (next.Delay == TimeSpan.Zero)
                {
                    return;
                }

                await DelayAsync(call, next, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _pace.Queue.Leave();
        }
    }

    private async Task DelayAsync(CallProgress call, PaceDelay next, CancellationToken cancellationToken)
    {
        if (next.Reason == PaceReason.Requested)
        {
            Report(next.Reason, Messages.Paced);
        }
        else if (next.Reason == PaceReason.FewLeft)
        {
            Report(next.Reason, Messages.FewLeft(next.Left, next.Reset));
        }

        bool mayChange = next.Reason != PaceReason.Requested && next.Delay > CheckInterval;
        long began = _timeProvider.GetTimestamp();
        await _timeProvider.DelayAsync(mayChange ? CheckInterval : next.Delay, cancellationToken).ConfigureAwait(false);
        call.Exclude(began, _timeProvider.GetTimestamp());
    }

    /// <summary>Waits until the server accepts requests, after it rejected one or asked for a delay.</summary>
    private async Task WaitForServerAsync(CallProgress call, CancellationToken cancellationToken)
    {
        TimeSpan left = context.Options.RetryTimeout - _timeProvider.GetElapsedTime(call.Began);
        TimeSpan? delay = await context.RateLimitGate.WaitAsync(left, cancellationToken).ConfigureAwait(false);
        if (delay is TimeSpan remaining)
        {
            double seconds = Math.Ceiling(remaining.TotalSeconds);
            throw call.Conclude(new ApiException(
                CadenzaErrorKind.RateLimited,
                RequestOutcome.NotSent,
                Messages.RateLimited(seconds)));
        }
    }

    /// <summary>Reports each reason once per command.</summary>
    private void Report(PaceReason reason, string message)
    {
        int flag = 1 << (int)reason;
        if (observer is not null && (_reported & flag) == 0)
        {
            _reported |= flag;
            observer.OnNotice(message);
        }
    }
}
