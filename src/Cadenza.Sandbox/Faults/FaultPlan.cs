using System;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.Seeding;

namespace Cadenza.Sandbox.Faults;

/// <summary>What happens to one request. Without a rule it is only delayed.</summary>
internal sealed class FaultPlan(
    SandboxFaultRule? rule, RequestLimit? limit, TimeSpan delayBefore, TimeSpan delayAfter, SeededRandom random)
{
    private readonly FaultDefinition? _definition = rule is null ? null : FaultCatalog.Find(rule.Kind);
    private bool _isAboveLimit;

    /// <summary>How long to wait before the request takes effect.</summary>
    public TimeSpan DelayBefore { get; } = delayBefore;

    /// <summary>How long to wait before the answer is sent.</summary>
    public TimeSpan DelayAfter { get; } = delayAfter;

    public SandboxFaultKind Fault => _isAboveLimit || (_definition is null && limit is not null)
        ? SandboxFaultKind.RequestLimit
        : _definition?.Kind ?? SandboxFaultKind.Delay;

    /// <summary>Whether the answer has a <c>Date</c>.</summary>
    public bool ShowsTime => limit is { ShowsTime: true };

    public bool ReachesEndpoint => !_isAboveLimit && _definition?.Effect switch
    {
        FaultEffect.Never => false,
        FaultEffect.ByRule => rule!.AfterChange,
        _ => true,
    };

    /// <summary>Counts the request, if their number is limited.</summary>
    public void Count(DateTimeOffset now) => _isAboveLimit = limit is not null && !limit.TryCount(now);

    /// <summary>Changes how the server treats the request.</summary>
    public void Alter(CallBehavior behavior) => _definition?.Alter?.Invoke(behavior, rule!);

    /// <summary>The answer that the client gets; null: no answer.</summary>
    public ApiResponse? Answer(ApiCall call, ApiResponse? real, SandboxOptions options)
    {
        ApiResponse? answer = _isAboveLimit ? Envelope.Failure(ApiErrors.RateLimited, call)
            : _definition is null ? real
            : _definition.Answer(new FaultContext(rule!, call, real, options, random));
        if (answer is { IsFromProxy: false })
        {
            limit?.WriteTo(answer, options.UtcNow());
        }

        return answer;
    }
}
