namespace Cadenza.Sandbox.Faults;

/// <summary>Whether a request with a fault reaches the endpoint.</summary>
internal enum FaultEffect
{
    /// <summary>It does not.</summary>
    Never,

    /// <summary>It does; the endpoint still may refuse it.</summary>
    Always,

    /// <summary>It does if the rule has <see cref="SandboxFaultRule.AfterChange"/>.</summary>
    ByRule,
}
