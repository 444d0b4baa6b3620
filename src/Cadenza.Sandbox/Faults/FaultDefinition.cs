using System;
using Cadenza.Sandbox.Http;

namespace Cadenza.Sandbox.Faults;

/// <summary>How one kind of fault works: a row of <see cref="FaultCatalog"/>.</summary>
internal sealed class FaultDefinition(SandboxFaultKind kind, FaultEffect effect)
{
    public SandboxFaultKind Kind { get; } = kind;

    public FaultEffect Effect { get; } = effect;

    /// <summary>Changes how the server treats the request, before the endpoint runs.</summary>
    public Action<CallBehavior, SandboxFaultRule>? Alter { get; set; }

    /// <summary>Makes the answer that the client gets; null: no answer. Default: the correct answer.</summary>
    public Func<FaultContext, ApiResponse?> Answer { get; set; } = static context => context.Real;
}
