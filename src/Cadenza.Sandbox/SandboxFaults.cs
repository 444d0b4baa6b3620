using System.Collections.Generic;

namespace Cadenza.Sandbox;

/// <summary>What shall go wrong in a sandbox. The same faults under the same requests in the same order give the same run.</summary>
public sealed class SandboxFaults
{
    /// <summary>The seed of all that is random about faults; independent of <see cref="SandboxOptions.Seed"/>. Default: 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The rules. For each request the first that fires wins; a <see cref="SandboxFaultKind.Delay"/> that fires is added to
    /// whatever a later rule does. Default: none.</summary>
    public IReadOnlyList<SandboxFaultRule> Rules { get; set; } = [];
}
