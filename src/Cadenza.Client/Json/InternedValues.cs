using Cadenza.Client.Models;

namespace Cadenza.Client.Json;

/// <summary>The interned values of one response.</summary>
internal sealed class InternedValues
{
    /// <summary>The venues, types and statuses.</summary>
    public StringInterner<string> Strings { get; } = new();

    /// <summary>The lists of identities.</summary>
    public StringInterner<ReadableList<string>> Lists { get; } = new();
}
