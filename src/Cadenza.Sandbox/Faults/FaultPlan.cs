using System;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.Seeding;

namespace Cadenza.Sandbox.Faults;

/// <summary>What happens to one request. Without a rule it is only delayed.</summary>
internal sealed class FaultPlan(
    SandboxFaultRule? rule, TimeSpan delayBefore, TimeSpan delayAfter, SeededRandom random)
{
    private readonly FaultDefinition? _definition = rule is null ? null : FaultCatalog.Find(rule.Kind);

    /// <summary>How long to wait before the request takes effect.</summary>
    public TimeSpan DelayBefore { get; } = delayBefore;

    /// <summary>How long to wait before the answer is sent.</summary>
    public TimeSpan DelayAfter { get; } = delayAfter;

    public SandboxFaultKind Fault => _definition?.Kind ?? SandboxFaultKind.Delay;

    public bool ReachesEndpoint => _definition?.Effect switch
    {
        FaultEffect.Never => false,
        FaultEffect.ByRule => rule!.AfterChange,
        _ => true,
    };

    /// <summary>Changes how the server treats the request.</summary>
    public void Alter(CallBehavior behavior) => _definition?.Alter?.Invoke(behavior, rule!);

    /// <summary>The answer that the client gets; null: no answer.</summary>
    public ApiResponse? Answer(ApiCall call, ApiResponse? real, SandboxOptions options) =>
        _definition is null ? real : _definition.Answer(new FaultContext(rule!, call, real, options, random));
}
