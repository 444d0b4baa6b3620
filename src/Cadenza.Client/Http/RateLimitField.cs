using System;
using System.Collections.Generic;

namespace Cadenza.Client.Http;

/// <summary>
/// Reads the header RateLimit: <c>"default";r=50;t=30</c>, or <c>limit=100, remaining=50, reset=30</c> in older
/// versions of the IETF draft.
/// </summary>
internal static class RateLimitField
{
    /// <summary>
    /// Reads the header. Of several policies, the one with the fewest remaining requests counts. Returns null if it
    /// cannot be read.
    /// </summary>
    public static RateLimitReport? Read(string header, string policies)
    {
        RateLimitReport? strictest = null;
        List<string> items = Split(header, ',');
        foreach (string item in items)
        {
            List<string> parts = Split(item, ';');
            RateLimitReport? report = RateLimitHeaders.Create(
                ReadNumber(parts, "r"), ReadSeconds(parts, "t"), FindLimit(policies, parts[0]));
            if (report is RateLimitReport other
                && (strictest is not RateLimitReport known || IsStricter(other, known)))
            {
                strictest = other;
            }
        }

        return strictest ?? RateLimitHeaders.Create(
            ReadNumber(items, "remaining"), ReadSeconds(items, "reset"), ReadNumber(items, "limit"));
    }

    private static bool IsStricter(RateLimitReport report, RateLimitReport other) =>
        report.Remaining < other.Remaining || (report.Remaining == other.Remaining && report.Reset > other.Reset);

    /// <summary>The quota of a policy: <c>"default";q=100;w=60</c>.</summary>
    private static long? FindLimit(string policies, string name)
    {
        foreach (string policy in Split(policies, ','))
        {
            List<string> parts = Split(policy, ';');
            if (parts[0] == name)
            {
                return ReadNumber(parts, "q");
            }
        }

        return null;
    }

    private static TimeSpan? ReadSeconds(List<string> parameters, string name) =>
        ReadNumber(parameters, name) is long seconds && seconds <= RetryAfter.Max.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>The value of a parameter; null if it is missing, not a number, or specified twice.</summary>
    private static long? ReadNumber(List<string> parameters, string name)
    {
        string? found = null;
        foreach (string parameter in parameters)
        {
            int equals = parameter.IndexOf('=');
            if (equals > 0 && parameter.Substring(0, equals).Trim() == name)
            {
                if (found is not null)
                {
                    return null;
                }

                found = parameter.Substring(equals + 1).Trim();
            }
        }

        return found is null ? null : RateLimitHeaders.ReadCount(found);
    }

    /// <summary>Splits at a separator that is not in quotation marks, and trims the parts.</summary>
    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        bool isQuoted = false;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[i] == separator && !isQuoted)
            {
                parts.Add(text.Substring(start, i - start).Trim());
                start = i + 1;
            }
        }

        parts.Add(text.Substring(start).Trim());
        return parts;
    }
}
