using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http.Headers;

namespace Cadenza.Client.Http;

/// <summary>Reads the Retry-After header.</summary>
internal static class RetryAfter
{
    /// <summary>The maximum delay. A server that asks for more must not block a connection for years.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(1);

    /// <summary>
    /// Reads the delay, from seconds with or without a fraction or from a date. Returns null if there is no header, if
    /// it is not readable, or if it asks for no delay: zero, a negative number, or a date in the past.
    /// </summary>
    /// <param name="headers">The response headers.</param>
    /// <param name="now">The local time. The Date header of the response has precedence.</param>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (!headers.TryGetValues("Retry-After", out IEnumerable<string>? values))
        {
            return null;
        }

        TimeSpan? longest = null;
        foreach (string value in values)
        {
            DateTimeOffset time = headers.Date ?? now;
            TimeSpan? delay = ReadValue(value.Trim(), time) ?? ReadJoined(value, time);
            longest = delay is null || delay <= longest ? longest : delay;
        }

        return longest;
    }

    /// <summary>A proxy can join several headers into one line. The longest delay is used.</summary>
    private static TimeSpan? ReadJoined(string values, DateTimeOffset now) =>
        values.Split(',').Select(value => ReadValue(value.Trim(), now)).Max();

    private static TimeSpan? ReadValue(string value, DateTimeOffset now)
    {
        TimeSpan delay;
        if (double.TryParse(
            value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out double seconds) && !double.IsNaN(seconds))
        {
            delay = TimeSpan.FromSeconds(Math.Max(0, Math.Min(Max.TotalSeconds, seconds)));
        }
        else if (DateTimeOffset.TryParse(
            value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date))
        {
            delay = date - now < Max ? date - now : Max;
        }
        else
        {
            return null;
        }

        return delay > TimeSpan.Zero ? delay : null;
    }
}
