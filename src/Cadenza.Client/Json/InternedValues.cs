using Cadenza.Client.Models;

namespace Cadenza.Client.Json;

/// <summary>The recurring values of one answer, each made once.</summary>
internal sealed class InternedValues
{
    /// <summary>Venues, types and statuses.</summary>
    public StringInterner<string> Strings { get; } = new();

    /// <summary>Lists of identities.</summary>
    public StringInterner<ReadableList<string>> Lists { get; } = new();
}
