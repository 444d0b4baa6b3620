using Cadenza.Client.Models;

namespace Cadenza.Client.Json;

/// <summary>The words of one answer, each made once.</summary>
internal sealed class Vocabulary
{
    /// <summary>Venues, types and statuses.</summary>
    public WordPool<string> Words { get; } = new();

    /// <summary>Lists of identities.</summary>
    public WordPool<ReadableList<string>> Lists { get; } = new();
}
