using System;
using System.Globalization;
using Cadenza.Sandbox.Http;

namespace Cadenza.Sandbox.Faults;

/// <summary>Counts the requests of a period, which begins with its first request. Guarded by the handler's
/// lock.</summary>
internal sealed class RequestLimit(SandboxFaultRule rule)
{
    private const int DefaultSize = 60;

    private readonly int _size = rule.Size ?? DefaultSize;
    private DateTimeOffset _end = DateTimeOffset.MinValue;
    private int _count;

    /// <summary>Whether the answers need a <c>Date</c>, without which a client does not trust a Unix time.</summary>
    public bool ShowsTime => rule.LimitForm is SandboxLimitForm.XUnixSeconds or SandboxLimitForm.XUnixMilliseconds;

    /// <summary>Counts a request. Returns false if it is one too many.</summary>
    public bool TryCount(DateTimeOffset now)
    {
        if (now >= _end)
        {
            (_end, _count) = (now + rule.Per, 0);
        }

        if (_count == _size)
        {
            return false;
        }

        _count++;
        return true;
    }

    /// <summary>Adds the headers to an answer.</summary>
    public void WriteTo(ApiResponse response, DateTimeOffset now)
    {
        string left = Write(_size - _count);
        string size = Write(_size);
        string seconds = Write((long)Math.Ceiling((_end - now).TotalSeconds));
        switch (rule.LimitForm)
        {
            case SandboxLimitForm.RateLimit:
                string period = Write((long)Math.Ceiling(rule.Per.TotalSeconds));
                response.AddHeader("RateLimit", $"\"default\";r={left};t={seconds}");
                response.AddHeader("RateLimit-Policy", $"\"default\";q={size};w={period}");
                break;
            case SandboxLimitForm.RateLimitFields:
                AddFields(response, "RateLimit-", size, left, seconds);
                break;
            case SandboxLimitForm.XSeconds:
                AddFields(response, "X-RateLimit-", size, left, seconds);
                break;
            case SandboxLimitForm.XUnixSeconds:
                AddFields(response, "X-RateLimit-", size, left, Write((_end.ToUnixTimeMilliseconds() + 999) / 1_000));
                break;
            case SandboxLimitForm.XUnixMilliseconds:
                AddFields(response, "X-RateLimit-", size, left, Write(_end.ToUnixTimeMilliseconds()));
                break;
            default:
                break;
        }
    }

    private static void AddFields(ApiResponse response, string prefix, string limit, string remaining, string reset)
    {
        response.AddHeader(prefix + "Limit", limit);
        response.AddHeader(prefix + "Remaining", remaining);
        response.AddHeader(prefix + "Reset", reset);
    }

    private static string Write(long number) => number.ToString(CultureInfo.InvariantCulture);
}
