namespace Cadenza.Sandbox.Tests.Support;

/// <summary>One row of the fault table: what a kind must look like.</summary>
public sealed record FaultCase(SandboxFaultKind Kind, bool After, bool TakesEffect, Seen Seen, int Status, string? MediaType, int? Errno)
{
    /// <summary>The rule that injects it into a revoke.</summary>
    public string Rule => $"credential/revoke:{Kind}:delay=1ms{(After ? ",after" : "")}";

    /// <summary>Whether the body is JSON of the API, made by the fault or by the endpoint.</summary>
    public bool IsReadable => Errno is not null;
}
