using System;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Http;

/// <summary>How often and how long a request is tried.</summary>
/// <param name="MaxRetries">How many attempts may follow the first.</param>
/// <param name="Budget">How long all attempts and waits together may take.</param>
internal readonly record struct RetryLimits(int MaxRetries, TimeSpan Budget);

/// <summary>What is to be done after a failed attempt.</summary>
/// <param name="IsRetry">Whether to send again.</param>
/// <param name="Delay">How long to wait before.</param>
/// <param name="HoldsConnection">Whether every request of the connection has to wait so long, not only this one.</param>
internal readonly record struct RetryDecision(bool IsRetry, TimeSpan Delay, bool HoldsConnection)
{
    public static readonly RetryDecision Stop = new(IsRetry: false, TimeSpan.Zero, HoldsConnection: false);
}

/// <summary>
/// Decides whether a request is sent again. Pure: all it knows comes in. The rule: what was provably not carried out may be sent again,
/// whatever it was; what may have been carried out is sent again only where twice does no harm; what was refused is not asked again.
/// </summary>
internal static class RetryPolicy
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(10);

    /// <summary>Decides.</summary>
    /// <param name="failure">How the attempt failed.</param>
    /// <param name="retryClass">What may be done with this request.</param>
    /// <param name="attempt">Which attempt it was, from 1.</param>
    /// <param name="elapsed">Since the first attempt began.</param>
    /// <param name="limits">How often and how long.</param>
    /// <param name="random">A random number from 0 to below 1.</param>
    public static RetryDecision Decide(
        ApiException failure, RetryClass retryClass, int attempt, TimeSpan elapsed, RetryLimits limits, double random)
    {
        if (attempt > limits.MaxRetries || !MaySendAgain(failure, retryClass))
        {
            return RetryDecision.Stop;
        }

        bool holdsBackAll = failure.HttpStatus == 429 || failure.Kind == CadenzaErrorKind.RateLimited
            || (failure.HttpStatus == 503 && failure.RetryAfter is not null);
        TimeSpan delay = failure.RetryAfter ?? Backoff(attempt, random);

        // A server that asks for more time than there is gets none: waiting on would only delay the bad news.
        return elapsed + delay >= limits.Budget ? RetryDecision.Stop : new RetryDecision(IsRetry: true, delay, holdsBackAll);
    }

    /// <summary>Exponential backoff with full jitter: anything from nothing to the doubled last step.</summary>
    public static TimeSpan Backoff(int attempt, double random)
    {
        double ceiling = Math.Min(MaxBackoff.Ticks, FirstBackoff.Ticks * Math.Pow(2, attempt - 1));
        return TimeSpan.FromTicks((long)(ceiling * random));
    }

    private static bool MaySendAgain(ApiException failure, RetryClass retryClass) => failure.Outcome switch
    {
        RequestOutcome.NotSent => failure.Kind == CadenzaErrorKind.ConnectionFailed,

        // Refused for now: too many requests, or another change of the same thing holds its lock.
        RequestOutcome.Rejected => failure.Kind is CadenzaErrorKind.RateLimited or CadenzaErrorKind.ServiceUnavailable,

        // A redirect is the same the next time.
        RequestOutcome.Unknown => retryClass != RetryClass.Once && failure.Kind != CadenzaErrorKind.Redirected,
        _ => false,
    };
}
