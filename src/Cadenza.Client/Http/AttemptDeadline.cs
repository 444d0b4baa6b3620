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

    private readonly Deadline _deadline;
    private readonly CadenzaClientOptions _options;
    private readonly long _began;

    /// <summary>Starts the attempt timeout.</summary>
    /// <param name="options">The options with the attempt timeout.</param>
    /// <param name="began">The timestamp of the start of the call, from which its time budget counts.</param>
    /// <param name="cancellationToken">The caller's cancellation token.</param>
    public AttemptDeadline(CadenzaClientOptions options, long began, CancellationToken cancellationToken)
    {
        _options = options;
        _began = began;
        _deadline = new Deadline(options.TimeProvider, TimeLeft(received: 0), cancellationToken);
    }

    public CancellationToken Token => _deadline.Token;

    public bool IsOver => _deadline.IsOver;

    /// <summary>
    /// Restarts the attempt timeout and extends the budget by the received bytes: a million credentials over a slow
    /// connection take longer than the budget of a call.
    /// </summary>
    public void Extend(long received) => _deadline.Restart(TimeLeft(received));

    /// <summary>Stops the timeout until it is extended. The caller can still cancel.</summary>
    public void Suspend() => _deadline.Suspend();

    public ApiException CreateException(bool wasSent)
    {
        string seconds = FormattableString.Invariant($"{_options.AttemptTimeout.TotalSeconds:0.###} s");
        return wasSent
            ? new ApiException(
                CadenzaErrorKind.Timeout,
                RequestOutcome.Unknown,
                Messages.ResponseTimeout(seconds))
            : new ApiException(
                CadenzaErrorKind.Timeout,
                RequestOutcome.NotSent,
                Messages.ConnectTimeout(seconds));
    }

    public void Dispose() => _deadline.Dispose();

    private TimeSpan TimeLeft(long received)
    {
        TimeSpan budget = _options.RetryTimeout + TimeSpan.FromSeconds(received / MinBytesPerSecond);
        TimeSpan left = budget - _options.TimeProvider.GetElapsedTime(_began);
        return left < _options.AttemptTimeout ? left : _options.AttemptTimeout;
    }
}
