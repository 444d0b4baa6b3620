using System;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Http;

/// <summary>The limits of retries.</summary>
/// <param name="MaxRetries">The maximum number of retries.</param>
/// <param name="Budget">The timeout of all attempts and delays together.</param>
internal readonly record struct RetryLimits(int MaxRetries, TimeSpan Budget);

/// <summary>What to do after a failed attempt.</summary>
/// <param name="IsRetry">Whether to retry.</param>
/// <param name="Delay">The delay before the next request.</param>
/// <param name="HoldsConnection">
/// Whether the delay applies to all requests of the connection, even if this call is not retried.
/// </param>
internal readonly record struct RetryDecision(bool IsRetry, TimeSpan Delay, bool HoldsConnection)
{
    public static readonly RetryDecision Stop = new(IsRetry: false, TimeSpan.Zero, HoldsConnection: false);
}

/// <summary>
/// Decides whether to retry a request. A request that was not carried out is retried if the cause is temporary. A
/// request that may have been carried out is retried only if sending it twice is harmless. A pure function.
/// </summary>
internal static class RetryPolicy
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(10);

    /// <summary>Decides whether to retry.</summary>
    /// <param name="failure">The failure of the attempt.</param>
    /// <param name="retryClass">The retry class of the request.</param>
    /// <param name="attempt">The number of the attempt, from 1.</param>
    /// <param name="elapsed">The time since the start of the call.</param>
    /// <param name="limits">The limits of retries.</param>
    /// <param name="random">A random number from 0 (inclusive) to 1 (exclusive).</param>
    public static RetryDecision Decide(
        ApiException failure, RetryClass retryClass, int attempt, TimeSpan elapsed, RetryLimits limits, double random)
    {
        TimeSpan delay = failure.RetryAfter ?? Backoff(attempt, random);

        // If the delay exceeds the remaining budget, fail now instead of later.
        bool isRetry = attempt <= limits.MaxRetries && MaySendAgain(failure, retryClass)
            && elapsed + delay < limits.Budget;
        bool holdsConnection = failure.RetryAfter is null
            ? isRetry && IsRateLimit(failure)
            : IsRateLimit(failure) || failure.HttpStatus == 503;
        return isRetry || holdsConnection ? new RetryDecision(isRetry, delay, holdsConnection) : RetryDecision.Stop;
    }

    /// <summary>Exponential backoff with full jitter: a random part of the doubled previous limit.</summary>
    public static TimeSpan Backoff(int attempt, double random)
    {
        double ceiling = Math.Min(MaxBackoff.Ticks, FirstBackoff.Ticks * Math.Pow(2, attempt - 1));
        return TimeSpan.FromTicks((long)(ceiling * random));
    }

    private static bool IsRateLimit(ApiException failure) =>
        failure.HttpStatus == 429 || failure.Kind == CadenzaErrorKind.RateLimited;

    private static bool MaySendAgain(ApiException failure, RetryClass retryClass) => failure.Outcome switch
    {
        RequestOutcome.NotSent => failure.Kind is CadenzaErrorKind.ConnectionFailed or CadenzaErrorKind.Timeout,

        // Temporary: too many requests, or the credential is locked by another change.
        RequestOutcome.Rejected => failure.Kind is CadenzaErrorKind.RateLimited or CadenzaErrorKind.ServiceUnavailable,

        // A retry would fail in the same way.
        RequestOutcome.Unknown => retryClass != RetryClass.Once
            && !failure.IsReportedSuccess
            && failure.Kind is not (CadenzaErrorKind.Redirected or CadenzaErrorKind.UnexpectedFailure),
        _ => false,
    };
}
