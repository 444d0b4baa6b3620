using System.Collections.Generic;

namespace Cadenza.Client.Operations;

/// <summary>The parts of a filter that are sent to the server, so that it can return less.</summary>
internal sealed class ListHints
{
    public static readonly ListHints None = new();

    public string? CredentialType { get; init; }

    public string? Status { get; init; }

    public IReadOnlyList<string> CredentialIds { get; init; } = [];

    /// <summary>The same hints without those that depend on properties that can change.</summary>
    public ListHints WithoutFilters() => new() { CredentialIds = CredentialIds };

    public bool IsEmpty => CredentialType is null && Status is null && CredentialIds.Count == 0;
}
