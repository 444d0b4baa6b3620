using Cadenza.Client.Models;

namespace Cadenza.Client.Json;

/// <summary>The words of one answer, each made once.</summary>
internal sealed class InternedValues
{
    /// <summary>Venues, types and statuses.</summary>
    public StringInterner<string> Words { get; } = new();

    /// <summary>Lists of identities.</summary>
    public StringInterner<ReadableList<string>> Lists { get; } = new();
}
