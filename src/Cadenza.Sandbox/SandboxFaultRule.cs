using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Sandbox.Faults;

namespace Cadenza.Sandbox;

/// <summary>Which requests fail, how, and how often. A property that the <see cref="Kind"/> does not use is
/// ignored.</summary>
public sealed class SandboxFaultRule
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    // The largest number of seconds that most clients read from a Retry-After header.
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(int.MaxValue);

    /// <summary>The values of <see cref="Endpoint"/>: all, the folders, and the pages.</summary>
    public static IReadOnlyList<string> Endpoints { get; } = EndpointPattern.Known;

    /// <summary>The names of <see cref="SandboxFaultKind"/>.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [.. FaultCatalog.Kinds.Select(static kind => kind.ToString())];

    /// <summary>The options of <see cref="Parse"/>, for example <c>times=N</c> or <c>after</c>.</summary>
    public static IReadOnlyList<string> Options { get; } =
        [.. FaultOptions.All.Select(static option => option.Usage)];

    /// <summary>The pages below <c>/api/v3/</c>: one (<c>credential/revoke</c>), all below a folder
    /// (<c>credential/*</c>), or all (<c>*</c>, the default). Case-sensitive, like the API.</summary>
    /// <exception cref="ArgumentException">The value has none of these forms.</exception>
    public string Endpoint
    {
        get;
        set => field = EndpointPattern.IsValid(value)
            ? value
            : throw new ArgumentException(
                "An endpoint is *, a page (credential/revoke) or a folder (credential/*).", nameof(value));
    } = EndpointPattern.All;

    /// <summary>What goes wrong. Default: <see cref="SandboxFaultKind.Delay"/>.</summary>
    public SandboxFaultKind Kind { get; set; }

    /// <summary>The probability that a matching request has the fault, 0 to 1. Default: 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0, above 1 or not a number.</exception>
    public double Probability
    {
        get;
        set => field = value is >= 0 and <= 1 ? value : throw OutOfRange(value, "A probability is 0 to 1.");
    } = 1;

    /// <summary>The maximum number of requests that have the fault, 0 or more; null (default) is no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? Times
    {
        get;
        set => field = value is null or >= 0
            ? value
            : throw OutOfRange(value, "The number of times must be 0 or more.");
    }

    /// <summary>How many matching requests pass first, 0 or more. Requests with the fault of another rule count too, so
    /// 2 means: from the third matching request on. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Skip
    {
        get;
        set => field = value >= 0 ? value : throw OutOfRange(value, "The number to skip must be 0 or more.");
    }

    /// <summary>True: the request takes effect, then its answer is damaged. False (default): the fault occurs before
    /// the request takes effect. Kinds that always or never take effect ignore it.</summary>
    public bool AfterChange { get; set; }

    /// <summary>How long <see cref="SandboxFaultKind.Delay"/> waits, and <see cref="SandboxFaultKind.Drip"/> between
    /// two bytes; up to a day. Zero (default) stands for 200 ms.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or above a day.</exception>
    public TimeSpan Delay
    {
        get;
        set => field = value >= TimeSpan.Zero && value <= LongestDelay
            ? value
            : throw OutOfRange(value, "A delay is 0 to 1 day.");
    }

    /// <summary>The <c>Retry-After</c> of a 429, a 503, and a 409 that is transient, rounded up to whole seconds; null
    /// (default) omits the header.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than 2147483647 seconds.</exception>
    public TimeSpan? RetryAfter
    {
        get;
        set => field = value is null || (value >= TimeSpan.Zero && value <= LongestRetryAfter)
            ? value
            : throw OutOfRange(value, "A Retry-After is 0 to 2147483647 seconds.");
    }

    /// <summary>True writes <see cref="RetryAfter"/> as a date by <see cref="SandboxOptions.TimeProvider"/>; false
    /// (default) as seconds.</summary>
    public bool RetryAfterAsDate { get; set; }

    /// <summary>A <c>Retry-After</c> that is sent as it is, for example <c>-5</c>, <c>1.5</c> or <c>99999999999</c>;
    /// null (default): see <see cref="RetryAfter"/>.</summary>
    /// <exception cref="ArgumentException">The value is empty, or has a character that is not visible ASCII, a comma or
    /// a colon.</exception>
    public string? RetryAfterText
    {
        get;
        set => field = value is null || FaultText.IsWord(value)
            ? value
            : throw new ArgumentException("A Retry-After text is visible ASCII without , and :.", nameof(value));
    }

    /// <summary>A <c>Retry-After</c> with this date, past or future; null (default): see
    /// <see cref="RetryAfter"/>.</summary>
    public DateTimeOffset? RetryAfterDate { get; set; }

    /// <summary>How long after the request its change is done; null (default): never, or at once with
    /// <see cref="AfterChange"/>. For <see cref="SandboxFaultKind.Accepted"/>,
    /// <see cref="SandboxFaultKind.Unfinished"/>, <see cref="SandboxFaultKind.QueuedNote"/> and
    /// <see cref="SandboxFaultKind.CreatedNull"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or above a day.</exception>
    public TimeSpan? CompleteAfter
    {
        get;
        set => field = value is null || (value >= TimeSpan.Zero && value <= LongestDelay)
            ? value
            : throw OutOfRange(value, "A change is completed after 0 to 1 day.");
    }

    /// <summary>The status that an answer shows; null (default): see the kind.</summary>
    /// <exception cref="ArgumentException">The value is empty, or has a character that is not visible ASCII, a comma or
    /// a colon.</exception>
    public string? Status
    {
        get;
        set => field = value is null || FaultText.IsWord(value)
            ? value
            : throw new ArgumentException("A status is visible ASCII without , and :.", nameof(value));
    }

    /// <summary>The number of credentials in a page, 1 or more; null (default): <see cref="SandboxOptions.PageSize"/>,
    /// or 5 without it. The number of requests of <see cref="SandboxFaultKind.RequestLimit"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Size
    {
        get;
        set => field = value is null or >= 1 ? value : throw OutOfRange(value, "A page has at least 1 credential.");
    }

    /// <summary>How far <see cref="SandboxFaultKind.ClockBehind"/> is behind, up to a day. Default: 70
    /// minutes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or above a day.</exception>
    public TimeSpan ClockBehind
    {
        get;
        set => field = value >= TimeSpan.Zero && value <= LongestDelay
            ? value
            : throw OutOfRange(value, "A clock is 0 to 1 day behind.");
    } = TimeSpan.FromMinutes(70);

    /// <summary>The period of <see cref="SandboxFaultKind.RequestLimit"/>, up to a day. Default: 1 minute.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or above a day.</exception>
    public TimeSpan Per
    {
        get;
        set => field = value > TimeSpan.Zero && value <= LongestDelay
            ? value
            : throw OutOfRange(value, "A period is more than 0 and at most 1 day.");
    } = TimeSpan.FromMinutes(1);

    /// <summary>The headers of <see cref="SandboxFaultKind.RequestLimit"/>. Default:
    /// <see cref="SandboxLimitForm.RateLimit"/>.</summary>
    public SandboxLimitForm LimitForm { get; set; }

    /// <summary>How <see cref="SandboxFaultKind.EchoSecret"/> quotes the secret. Default:
    /// <see cref="SandboxEchoForm.Sent"/>.</summary>
    public SandboxEchoForm EchoForm { get; set; }

    /// <summary>Reads <c>endpoint:kind[:option,option…]</c>, for example
    /// <c>credential/revoke:ResetAfter:times=1,probability=0.5,skip=2</c>. Options: <c>times=N</c>,
    /// <c>probability=P</c>, <c>skip=N</c>, <c>delay=D</c>, <c>retryafter=D</c>, <c>retryafterasdate</c>,
    /// <c>retryaftertext=T</c>, <c>retryafterdate=yyyy-MM-dd</c>, <c>completeafter=D</c>, <c>status=T</c>,
    /// <c>size=N</c>, <c>behind=D</c>, <c>form=F</c>, <c>per=D</c>, <c>headers=H</c>, <c>after</c> (sets
    /// <see cref="AfterChange"/>). A duration D is a number of seconds, or has the unit <c>ms</c>, <c>s</c> or
    /// <c>min</c>. Only the endpoint is case-sensitive.</summary>
    /// <param name="text">The rule.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException">The text is not a rule; the message says in one line what is
    /// wrong.</exception>
    public static SandboxFaultRule Parse(string text) =>
        FaultText.Parse(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>The rule as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => FaultText.Write(this);

    internal SandboxFaultRule Copy() => (SandboxFaultRule)MemberwiseClone();

    private static ArgumentOutOfRangeException OutOfRange(object? value, string message) =>
        new(nameof(value), value, message);
}
