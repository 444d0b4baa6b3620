using System;

namespace Cadenza.Sandbox.Http;

/// <summary>A change whose answer shows the state before it.</summary>
/// <param name="wait">How long after the request the change is done; null: never.</param>
/// <param name="status">The credential's status until then; null: the status that it has.</param>
internal sealed class Deferral(TimeSpan? wait, string? status)
{
    public TimeSpan? Wait { get; } = wait;

    public string? Status { get; } = status;
}
