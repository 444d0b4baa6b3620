using System;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.Seeding;

namespace Cadenza.Sandbox.Faults;

/// <summary>What a fault makes its answer from.</summary>
internal sealed class FaultContext(
    SandboxFaultRule rule,
    ApiCall call,
    ApiResponse? real,
    SandboxOptions options,
    SeededRandom random)
{
    public SandboxFaultRule Rule { get; } = rule;

    public ApiCall Call { get; } = call;

    /// <summary>The correct answer; null if the request did not reach the endpoint.</summary>
    public ApiResponse? Real { get; } = real;

    public SandboxOptions Options { get; } = options;

    /// <summary>The source of random bytes.</summary>
    public SeededRandom Random { get; } = random;

    public TimeSpan Delay => FaultSchedule.DelayOf(Rule);
}
