using System;
using System.Net.Http.Headers;

namespace Cadenza.Client.Http;

/// <summary>Reads the Retry-After header in both of its forms.</summary>
internal static class RetryAfter
{
    /// <summary>How long the server asks to wait; null where it does not ask. A date that is over means at once.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        RetryConditionHeaderValue? value = headers.RetryAfter;
        TimeSpan? wait = value?.Delta ?? (value?.Date - (headers.Date ?? now));
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
