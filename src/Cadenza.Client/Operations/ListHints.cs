using System.Collections.Generic;

namespace Cadenza.Client.Operations;

/// <summary>What the server is told of a filter, so that it may send less.</summary>
internal sealed class ListHints
{
    public static readonly ListHints None = new();

    public string? CredentialType { get; init; }

    public string? Status { get; init; }

    public IReadOnlyList<string> CredentialIds { get; init; } = [];

    public bool IsEmpty => CredentialType is null && Status is null && CredentialIds.Count == 0;
}
