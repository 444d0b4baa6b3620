using System;
using System.Threading;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Http;

/// <summary>The time that one attempt has, within the budget of all; ended early when the caller cancels.</summary>
internal sealed class AttemptDeadline : IDisposable
{
    /// <summary>A body that comes slower than this is not worth waiting for beyond the budget.</summary>
    private const double MinBytesPerSecond = 16 * 1024;

    private readonly CancellationTokenSource _source;
    private readonly CadenzaClientOptions _options;
    private readonly TimeSpan _budgetEnd;

    /// <summary>Starts the attempt's time.</summary>
    /// <param name="options">How long an attempt may take.</param>
    /// <param name="budgetEnd">When all attempts together must be over, in the clock's uptime.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public AttemptDeadline(CadenzaClientOptions options, TimeSpan budgetEnd, CancellationToken cancellationToken)
    {
        _options = options;
        _budgetEnd = budgetEnd;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Extend(received: 0);
    }

    public CancellationToken Token => _source.Token;

    public bool IsOver => _source.IsCancellationRequested;

    /// <summary>
    /// Starts the attempt's time anew, and lets the budget grow with what has been received: a million credentials over a slow line take
    /// longer than any budget for a call, and are no fault.
    /// </summary>
    public void Extend(long received)
    {
        TimeSpan left = _budgetEnd + TimeSpan.FromSeconds(received / MinBytesPerSecond) - _options.Clock.Uptime;
        TimeSpan time = left < _options.AttemptTimeout ? left : _options.AttemptTimeout;
        _options.Clock.CancelAfter(_source, time > TimeSpan.Zero ? time : TimeSpan.Zero);
    }

    /// <summary>Stops the time until it is extended; the caller can still cancel.</summary>
    public void Suspend() => _options.Clock.CancelAfter(_source, Timeout.InfiniteTimeSpan);

    public ApiException CreateException() =>
        new(
            CadenzaErrorKind.Timeout,
            RequestOutcome.Unknown,
            FormattableString.Invariant($"No complete answer came within {_options.AttemptTimeout.TotalSeconds:0.###} s."));

    public void Dispose() => _source.Dispose();
}
