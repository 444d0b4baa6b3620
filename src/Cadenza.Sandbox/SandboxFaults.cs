using System.Collections.Generic;
using Cadenza.Sandbox.Faults;

namespace Cadenza.Sandbox;

/// <summary>The faults of a sandbox. The same faults and the same requests in the same order give the same
/// run.</summary>
public sealed class SandboxFaults
{
    /// <summary>The kinds that delay, damage, replace or lose an answer, whatever it says. The other kinds change what
    /// the API says or how it behaves.</summary>
    public static IReadOnlyList<SandboxFaultKind> TransportKinds { get; } = FaultCatalog.TransportKinds;

    /// <summary>The seed of everything random about faults; independent of <see cref="SandboxOptions.Seed"/>.
    /// Default: 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The rules. For each request the first rule that applies wins; a <see cref="SandboxFaultKind.Delay"/>
    /// that applies is added to whatever a later rule does. Default: none.</summary>
    public IReadOnlyList<SandboxFaultRule> Rules { get; set; } = [];
}
