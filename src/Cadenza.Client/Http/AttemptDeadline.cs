using System;
using System.Threading;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Http;

/// <summary>
/// The timeout of one attempt, within the time budget of the call. Canceled early if the caller cancels.
/// </summary>
internal sealed class AttemptDeadline : IDisposable
{
    /// <summary>The minimum rate at which a body must arrive to extend the budget.</summary>
    private const double MinBytesPerSecond = 16 * 1024;

    private readonly CancellationTokenSource _source;
    private readonly CadenzaClientOptions _options;
    private readonly TimeSpan _budgetEnd;

    /// <summary>Starts the attempt timeout.</summary>
    /// <param name="options">The options with the attempt timeout.</param>
    /// <param name="budgetEnd">The end of the call's time budget, in the clock's uptime.</param>
    /// <param name="cancellationToken">The caller's cancellation token.</param>
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
    /// Restarts the attempt timeout and extends the budget by the received bytes: a million credentials over a slow
    /// connection take longer than the budget of a call.
    /// </summary>
    public void Extend(long received)
    {
        TimeSpan left = _budgetEnd + TimeSpan.FromSeconds(received / MinBytesPerSecond) - _options.Clock.Uptime;
        TimeSpan time = left < _options.AttemptTimeout ? left : _options.AttemptTimeout;
        _options.Clock.CancelAfter(_source, time > TimeSpan.Zero ? time : TimeSpan.Zero);
    }

    /// <summary>Stops the timeout until it is extended. The caller can still cancel.</summary>
    public void Suspend() => _options.Clock.CancelAfter(_source, Timeout.InfiniteTimeSpan);

    public ApiException CreateException() =>
        new(
            CadenzaErrorKind.Timeout,
            RequestOutcome.Unknown,
            FormattableString.Invariant(
                $"The server did not send a complete response within {_options.AttemptTimeout.TotalSeconds:0.###} s."));

    public void Dispose() => _source.Dispose();
}
