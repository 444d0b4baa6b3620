using System;

namespace Cadenza.Sandbox.Faults;

/// <summary>One option of a rule.</summary>
/// <param name="usage">How it is written, for example <c>times=N</c>; a flag has no value.</param>
/// <param name="expected">What the value must be, for the error message.</param>
/// <param name="set">Sets it. Throws FormatException or ArgumentException if it cannot have the value.</param>
/// <param name="get">Its value as text; null if the rule has the default.</param>
internal sealed class FaultOption(
    string usage,
    string expected,
    Action<SandboxFaultRule, string> set,
    Func<SandboxFaultRule, string?> get)
{
    public string Usage { get; } = usage;

    public string Name { get; } = usage.Split('=')[0];

    public bool IsFlag { get; } = usage.IndexOf('=') < 0;

    public string Expected { get; } = expected;

    public Action<SandboxFaultRule, string> Set { get; } = set;

    public Func<SandboxFaultRule, string?> Get { get; } = get;
}
