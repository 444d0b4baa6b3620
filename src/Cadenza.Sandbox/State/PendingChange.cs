using System;

namespace Cadenza.Sandbox.State;

/// <summary>A change that was accepted and is done later.</summary>
internal sealed class PendingChange(DateTimeOffset due, Action apply)
{
    public DateTimeOffset Due { get; } = due;

    public Action Apply { get; } = apply;
}
