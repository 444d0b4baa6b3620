using System;
using Cadenza.Sandbox.Faults;

namespace Cadenza.Sandbox;

/// <summary>Which requests shall fail, how, and how often. A property that means nothing to the <see cref="Kind"/> is ignored.</summary>
public sealed class SandboxFaultRule
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    // The most that a Retry-After header can say.
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(int.MaxValue);

    /// <summary>Which pages below <c>/api/v3/</c>: one (<c>credential/revoke</c>), all below a folder (<c>credential/*</c>), or all
    /// (<c>*</c>, the default). Case matters, as it does to the API.</summary>
    /// <exception cref="ArgumentException">The value is none of these forms.</exception>
    public string Endpoint
    {
        get;
        set => field = EndpointPattern.IsValid(value)
            ? value
            : throw new ArgumentException("An endpoint is *, a page (credential/revoke) or a folder (credential/*).", nameof(value));
    } = EndpointPattern.All;

    /// <summary>What goes wrong. Default: <see cref="SandboxFaultKind.Delay"/>.</summary>
    public SandboxFaultKind Kind { get; set; }

    /// <summary>How likely a matching request is spoiled, 0 to 1. Default: 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0, above 1 or no number.</exception>
    public double Probability
    {
        get;
        set => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A probability is 0 to 1.");
    } = 1;

    /// <summary>How many requests are spoiled at the most, 0 or more; null (default) is no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? Times
    {
        get;
        set => field = value is null or >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The number of times must be 0 or more.");
    }

    /// <summary>How many matching requests are let through first, 0 or more. Those that another rule spoiled count too, so
    /// 2 means: from the third matching request on. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Skip
    {
        get;
        set => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The number to skip must be 0 or more.");
    }

    /// <summary>True: the request takes effect first, then its answer is spoiled. False (default): it is spoiled before it takes
    /// effect. Kinds that leave no choice ignore it.</summary>
    public bool AfterChange { get; set; }

    /// <summary>How long <see cref="SandboxFaultKind.Delay"/> waits, and <see cref="SandboxFaultKind.Drip"/> between two bytes; up to a
    /// day. Zero (default) stands for 200 ms.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or above a day.</exception>
    public TimeSpan Delay
    {
        get;
        set => field = value >= TimeSpan.Zero && value <= LongestDelay
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A delay is 0 to 1 day.");
    }

    /// <summary>The <c>Retry-After</c> that goes with 429 and every 503, rounded up to whole seconds; null (default) leaves the header
    /// out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than the header can say.</exception>
    public TimeSpan? RetryAfter
    {
        get;
        set => field = value is null || (value >= TimeSpan.Zero && value <= LongestRetryAfter)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A Retry-After is 0 to 2147483647 seconds.");
    }

    /// <summary>True writes <see cref="RetryAfter"/> as a date by <see cref="SandboxOptions.UtcNow"/>; false (default) as
    /// seconds.</summary>
    public bool RetryAfterAsDate { get; set; }

    /// <summary>Reads <c>endpoint:kind[:option,option…]</c>, for example
    /// <c>credential/revoke:ResetAfter:times=1,probability=0.5,skip=2</c>. Options: <c>times=N</c>, <c>probability=P</c>,
    /// <c>skip=N</c>, <c>delay=D</c>, <c>retryafter=D</c>, <c>retryafterasdate</c>, <c>after</c> (sets <see cref="AfterChange"/>).
    /// A duration is a number of seconds, or has the unit <c>ms</c>, <c>s</c> or <c>min</c>. Case matters for the endpoint only.</summary>
    /// <param name="text">The rule.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException">The text is no rule; the message says in one line what is wrong.</exception>
    public static SandboxFaultRule Parse(string text) => FaultRuleText.Parse(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>The rule as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => FaultRuleText.Write(this);

    internal SandboxFaultRule Copy() => (SandboxFaultRule)MemberwiseClone();
}
