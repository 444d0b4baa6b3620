using System.Collections.Generic;

namespace Cadenza.Sandbox.Dialects;

/// <summary>What a list request asks for, in the dialect's own words. Null: not asked.</summary>
internal sealed class CredentialFilter(string? type, string? status, IReadOnlyList<string>? ids)
{
    public static readonly CredentialFilter None = new(type: null, status: null, ids: null);

    public string? Type { get; } = type;

    public string? Status { get; } = status;

    public IReadOnlyList<string>? Ids { get; } = ids;

    public bool IsEmpty => Type is null && Status is null && Ids is null;
}
