using System;

namespace Cadenza.Client.Http;

/// <summary>Why a request waits for its turn.</summary>
internal enum PaceReason
{
    /// <summary>The user limits the number of requests per minute.</summary>
    Requested,

    /// <summary>Few requests are left until the server's reset, so that they are spread over the time.</summary>
    FewLeft,

    /// <summary>
    /// No request is left, or the requests in flight may use up what is left. A response or the reset changes that.
    /// </summary>
    NoneLeft,
}

/// <summary>How long a request has to wait for its turn.</summary>
/// <param name="Delay">The delay; zero if the request has its turn.</param>
/// <param name="Reason">Why it waits.</param>
/// <param name="Left">The number of requests that are left until the server's reset.</param>
/// <param name="Reset">The time until the server's reset.</param>
internal readonly record struct PaceDelay(TimeSpan Delay, PaceReason Reason, long Left, TimeSpan Reset);

/// <summary>
/// Decides when the next request of a connection may be sent: at the pace that the user allows, and not more requests
/// than the server has left according to its RateLimit headers. Thread-safe.
/// </summary>
internal sealed class RequestPace(TimeProvider timeProvider, int? maxPerMinute)
{
    /// <summary>If fewer than a fifth of the requests are left, they are spread over the time to the reset.</summary>
    private const int LowShare = 5;

    /// <summary>The number of requests that are few if the server does not report its limit.</summary>
    private const int FewRequests = 10;

    /// <summary>The maximum time between two requests that are spread. An hourly limit would make it minutes.</summary>
    private static readonly TimeSpan MaxSpread = TimeSpan.FromSeconds(10);

    /// <summary>
    /// After the reset, one request is sent alone, whose response tells how many are left. If there is no response in
    /// this time, the next one is sent.
    /// </summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private readonly long _created = timeProvider.GetTimestamp();
    private readonly TimeSpan _interval = IntervalOf(maxPerMinute);
    private TimeSpan? _last;
    private int _inFlight;
    private volatile bool _hasReport;
    private bool _isProbing;
    private long _left;
    private long? _limit;
    private TimeSpan _reset;

    /// <summary>Whether requests may have to wait for their turn.</summary>
    public bool IsActive => _hasReport || _interval > TimeSpan.Zero;

    /// <summary>Whether requests are spread over the time.</summary>
    public bool IsSlow
    {
        get
        {
            lock (_lock)
            {
                return _interval > TimeSpan.Zero || (_hasReport && _left <= FewLeft);
            }
        }
    }

    private TimeSpan Elapsed => timeProvider.GetElapsedTime(_created);

    private long FewLeft => _limit is long limit ? Math.Max(1, limit / LowShare) : FewRequests;

    /// <summary>The time between two requests; zero for no limit.</summary>
    public static TimeSpan IntervalOf(int? maxPerMinute) => maxPerMinute is int count
        ? TimeSpan.FromTicks(TimeSpan.TicksPerMinute / count)
        : TimeSpan.Zero;

    /// <summary>The queue of the requests that wait for their turn.</summary>
    public AsyncGate Queue { get; } = new();

    /// <summary>Takes the turn of the next request, or returns how long it has to wait.</summary>
    /// <param name="interval">The time between two requests that the command asks for; zero for no limit.</param>
    public PaceDelay Take(TimeSpan interval)
    {
        lock (_lock)
        {
            TimeSpan now = Elapsed;
            TimeSpan requested = interval > _interval ? interval : _interval;
            TimeSpan due = _last is TimeSpan last ? last + requested : now;
            PaceReason reason = PaceReason.Requested;
            if (_hasReport)
            {
                (TimeSpan allowed, PaceReason limit) = FindAllowed(now);
                (due, reason) = allowed > due ? (allowed, limit) : (due, reason);
            }

            if (due > now)
            {
                return new PaceDelay(due - now, reason, _left, _reset - now);
            }

            _last = now;
            _left--;
            _inFlight++;
            return default;
        }
    }

    /// <summary>Counts a request that is sent without waiting for a turn.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _last = Elapsed;
            _inFlight++;
        }
    }

    /// <summary>Counts the end of a request that had its turn.</summary>
    public void End()
    {
        lock (_lock)
        {
            _inFlight--;
        }
    }

    /// <summary>
    /// Learns from a response. Returns how long the server accepts no requests; null if it accepts some.
    /// </summary>
    /// <param name="report">What the response reports; null if it has no RateLimit headers.</param>
    public TimeSpan? Observe(RateLimitReport? report)
    {
        if (report is not RateLimitReport known)
        {
            if (_hasReport)
            {
                Forget();
            }

            return null;
        }

        lock (_lock)
        {
            _hasReport = true;
            _isProbing = false;
            _limit = known.Limit;
            _reset = Elapsed + known.Reset;

            // The server may not have counted the other requests in flight yet.
            _left = Math.Max(0, known.Remaining - Math.Max(0, _inFlight - 1));
        }

        return known.Remaining == 0 ? known.Reset : null;
    }

    /// <summary>Any response may lack the headers, but not the one after a reset.</summary>
    private void Forget()
    {
        lock (_lock)
        {
            _hasReport &= !_isProbing;
        }
    }

    /// <summary>Returns when the server's limit allows the next request.</summary>
    private (TimeSpan Time, PaceReason Reason) FindAllowed(TimeSpan now)
    {
        if (now >= _reset)
        {
            _isProbing = true;
            _left = 1;
            _reset = now + ProbeTimeout;
        }

        if (_left <= 0)
        {
            return (_reset, PaceReason.NoneLeft);
        }

        if (_isProbing || _left > FewLeft || _last is not TimeSpan last)
        {
            return (now, PaceReason.FewLeft);
        }

        var interval = TimeSpan.FromTicks((_reset - last).Ticks / (_left + 1));
        return (last + (interval < MaxSpread ? interval : MaxSpread), PaceReason.FewLeft);
    }
}
