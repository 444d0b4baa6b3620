using System;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Text;

namespace Cadenza.Client.Http;

/// <summary>
/// Prepares the next attempt after a failed one: renews the token, or waits as <see cref="RetryPolicy"/> decides.
/// </summary>
/// <param name="context">The connection.</param>
/// <param name="tokens">The access tokens; null for requests without one.</param>
/// <param name="caller">The thread of the caller, where a token can be read; null if there is none.</param>
internal sealed class RetryPreparation(SenderContext context, TokenSource? tokens, ICallerThread? caller)
{
    private readonly TimeProvider _timeProvider = context.Options.TimeProvider;
    private readonly RetryLimits _limits = new(context.Options.MaxRetries, context.Options.RetryTimeout);

    /// <summary>
    /// After a failure, returns when the request may be sent again. If it must not be, throws what is known about it.
    /// </summary>
    /// <exception cref="ApiException">The call failed.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public async Task PrepareAsync(
        CallProgress call,
        ApiRequest request,
        ApiException failure,
        SecureString? token,
        CancellationToken cancellationToken)
    {
        call.LogFailure(failure);
        call.HasLostAttempt |= failure.Outcome == RequestOutcome.Unknown && request.RetryClass != RetryClass.Safe;
        if (failure.Kind == CadenzaErrorKind.Unauthorized && token is not null && !call.HasRenewed)
        {
            call.HasRenewed = true;
            if (await TryRenewAsync(call, token, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        TimeSpan elapsed = _timeProvider.GetElapsedTime(call.Began);
        RetryDecision decision = RetryPolicy.Decide(
            failure, request.RetryClass, call.Attempts, elapsed, _limits, context.Options.NextJitter());
        if (decision.HoldsConnection)
        {
            // This request waits with the others in the gate before its next attempt.
            context.RateLimitGate.Hold(decision.Delay);
        }

        if (!decision.IsRetry || (IsConnectFailure(failure) && context.ConnectFailures.IsServerDown))
        {
            CountConnectFailure(call, failure);
            throw call.Conclude(ExplainRejectedToken(failure, token));
        }

        if (!decision.HoldsConnection)
        {
            await _timeProvider.DelayAsync(decision.Delay, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds when the token expired to the error of a server that rejects it.</summary>
    private ApiException ExplainRejectedToken(ApiException failure, SecureString? token) =>
        failure.Kind == CadenzaErrorKind.Unauthorized && token is not null
        && tokens!.ExpiresAt is DateTimeOffset end && end <= _timeProvider.GetUtcNow()
            ? failure.WithMessage($"{failure.Message} {Messages.TokenExpired(UtcTime.FormatSecond(end))}")
            : failure;

    private static bool IsConnectFailure(ApiException failure) =>
        failure is { Kind: CadenzaErrorKind.ConnectionFailed, Outcome: RequestOutcome.NotSent };

    private void CountConnectFailure(CallProgress call, ApiException failure)
    {
        if (IsConnectFailure(failure) && !call.HasLostAttempt)
        {
            context.ConnectFailures.AddFailure();
        }
    }

    private async Task<bool> TryRenewAsync(
        CallProgress call, SecureString rejected, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens!.TryRenewAsync(rejected, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            throw call.Conclude(e.AsNotSent());
        }
    }
}
