using System;

namespace Cadenza.Sandbox.Faults;

/// <summary>What shall happen to one request. Rule null: it is only late.</summary>
internal sealed class FaultPlan(SandboxFaultRule? rule, TimeSpan delayBefore, TimeSpan delayAfter)
{
    public SandboxFaultRule? Rule { get; } = rule;

    /// <summary>To wait before the request takes effect.</summary>
    public TimeSpan DelayBefore { get; } = delayBefore;

    /// <summary>To wait before the answer goes out.</summary>
    public TimeSpan DelayAfter { get; } = delayAfter;

    public SandboxFaultKind Fault => Rule?.Kind ?? SandboxFaultKind.Delay;

    public bool TakesEffect => Fault switch
    {
        SandboxFaultKind.RateLimited or SandboxFaultKind.LockNotAcquired or SandboxFaultKind.ResetBefore => false,
        // These spoil the right answer, and there is none before the request took effect.
        SandboxFaultKind.Delay
            or SandboxFaultKind.ResetAfter
            or SandboxFaultKind.TruncatedBody
            or SandboxFaultKind.WrongContentType
            or SandboxFaultKind.Drip
            or SandboxFaultKind.DropMidway => true,
        _ => Rule!.AfterChange,
    };
}
