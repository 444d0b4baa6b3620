using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http.Headers;

namespace Cadenza.Client.Http;

/// <summary>
/// Reads the headers RateLimit and RateLimit-Policy (IETF draft), RateLimit-Limit, -Remaining and -Reset (its older
/// versions), and the same three with the prefix X-. A header that is not plausible is ignored: without it, a response
/// with the status 429 tells the same later.
/// </summary>
internal static class RateLimitHeaders
{
    private const string StandardHeader = "RateLimit";
    private const string StandardPrefix = "RateLimit-";
    private const string CommonPrefix = "X-RateLimit-";
    private const string Remaining = "Remaining";

    /// <summary>The maximum length of a header that is read.</summary>
    private const int MaxLength = 1_000;

    /// <summary>From this number on, a reset is a Unix time in seconds and not a delay.</summary>
    private const decimal MinUnixSeconds = 1_000_000_000;

    /// <summary>From this number on, a reset is a Unix time in milliseconds.</summary>
    private const decimal MinUnixMilliseconds = 1_000_000_000_000;

    private const decimal MaxUnixMilliseconds = 100_000_000_000_000;

    /// <summary>Reads the headers. Returns null if there are none, or none that is plausible.</summary>
    /// <param name="headers">The response headers.</param>
    /// <param name="serverTime">The time by the server's clock; null if the clock is not known.</param>
    public static RateLimitReport? Read(HttpResponseHeaders headers, DateTimeOffset? serverTime)
    {
        RateLimitReport? report = null;
        if (headers.TryGetValues(StandardHeader, out IEnumerable<string>? values))
        {
            headers.TryGetValues(StandardPrefix + "Policy", out IEnumerable<string>? policies);
            report = RateLimitField.Read(Join(values), Join(policies));
        }

        if (report is null && headers.TryGetValues(StandardPrefix + Remaining, out values))
        {
            report = ReadFields(headers, StandardPrefix, values, serverTime);
        }

        return report is null && headers.TryGetValues(CommonPrefix + Remaining, out values)
            ? ReadFields(headers, CommonPrefix, values, serverTime)
            : report;
    }

    /// <summary>Reads a whole number of up to 15 digits. Returns null for anything else.</summary>
    public static long? ReadCount(string text) =>
        text.Length <= 15
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    /// <summary>Creates a report. Returns null if the reset is not in the next day.</summary>
    public static RateLimitReport? Create(long? remaining, TimeSpan? reset, long? limit) =>
        remaining is long left && reset is TimeSpan delay && delay > TimeSpan.Zero && delay <= RetryAfter.Max
            ? new RateLimitReport(left, delay, limit > 0 && limit >= left ? limit : null)
            : null;

    private static RateLimitReport? ReadFields(
        HttpResponseHeaders headers, string prefix, IEnumerable<string> remaining, DateTimeOffset? serverTime)
    {
        headers.TryGetValues(prefix + "Reset", out IEnumerable<string>? reset);
        headers.TryGetValues(prefix + "Limit", out IEnumerable<string>? limit);
        return ReadSingle(Join(remaining)) is string left && ReadSingle(Join(reset)) is string time
            ? Create(ReadCount(left), ReadReset(time, serverTime), ReadCount(FirstItem(Join(limit))))
            : null;
    }

    /// <summary>
    /// The time until the reset: a number of seconds, or a Unix time in seconds or milliseconds. A Unix time cannot be
    /// mistaken for a delay, because a delay of more than a day is ignored.
    /// </summary>
    private static TimeSpan? ReadReset(string text, DateTimeOffset? serverTime)
    {
        if (!decimal.TryParse(
            text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            || number >= MaxUnixMilliseconds)
        {
            return null;
        }

        if (number < MinUnixSeconds)
        {
            return TimeSpan.FromSeconds((double)number);
        }

        // Without the server's clock, a local clock that is wrong would hold the connection.
        decimal milliseconds = number < MinUnixMilliseconds ? number * 1_000 : number;
        return serverTime is DateTimeOffset now
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) - now
            : null;
    }

    /// <summary>The value that all headers of one name have; null if they have none or different ones.</summary>
    private static string? ReadSingle(string joined)
    {
        string[] values = joined.Split(',');
        string first = values[0].Trim();
        return first.Length > 0 && Array.TrueForAll(values, value => value.Trim() == first) ? first : null;
    }

    /// <summary>The limit in "100, 100;w=60".</summary>
    private static string FirstItem(string joined) => joined.Split(',', ';')[0].Trim();

    private static string Join(IEnumerable<string>? values)
    {
        string joined = values is null ? "" : string.Join(",", values);
        return joined.Length <= MaxLength ? joined : "";
    }
}
