using System.Collections.Generic;

namespace Cadenza.Sandbox.Dialects;

/// <summary>The filter of a list request, in the words of the dialect. Null: any value.</summary>
internal sealed class CredentialFilter(string? type, string? status, IReadOnlyList<string>? ids)
{
    public static readonly CredentialFilter None = new(type: null, status: null, ids: null);

    public string? Type { get; } = type;

    public string? Status { get; } = status;

    public IReadOnlyList<string>? Ids { get; } = ids;

    public bool IsEmpty => Type is null && Status is null && Ids is null;
}
