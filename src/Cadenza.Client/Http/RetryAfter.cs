using System;
using System.Net.Http.Headers;

namespace Cadenza.Client.Http;

/// <summary>Reads the Retry-After header.</summary>
internal static class RetryAfter
{
    /// <summary>
    /// Reads the delay, from seconds or a date, or null if there is no header. A date in the past gives zero.
    /// </summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        RetryConditionHeaderValue? value = headers.RetryAfter;
        TimeSpan? delay = value?.Delta ?? (value?.Date - (headers.Date ?? now));
        return delay < TimeSpan.Zero ? TimeSpan.Zero : delay;
    }
}
