namespace Cadenza.Sandbox.Tests.Support;

/// <summary>One row of the fault table: how a kind looks to a client.</summary>
public sealed record FaultCase(
    SandboxFaultKind Kind, bool After, bool TakesEffect, Seen Seen, int Status, string? MediaType, int? Errno)
{
    /// <summary>Stands for an errno that is a JSON number but not an Int64.</summary>
    public const int UnusableErrno = int.MinValue;

    /// <summary>The rule that injects it into a revoke.</summary>
    public string Rule => $"credential/revoke:{Kind}:delay=1ms{(After ? ",after" : "")}";

    /// <summary>Whether the body is JSON of the API, from the fault or from the endpoint.</summary>
    public bool IsReadable => Errno is not null;
}
