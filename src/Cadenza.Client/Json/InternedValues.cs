using System.Runtime.CompilerServices;
using Cadenza.Client.Models;

namespace Cadenza.Client.Json;

/// <summary>The interned values of one list.</summary>
/// <param name="shortList">
/// The number of rows that the general parser reads before plain rows are read by the optimized one. The optimized
/// parser takes longer to compile than these rows take to read.
/// </param>
internal sealed class InternedValues(int shortList = HotPath.ShortList)
{
    private long _rows;

    /// <summary>The venues, types and statuses.</summary>
    public StringInterner<string> Strings { get; } = new();

    /// <summary>The lists of identities.</summary>
    public StringInterner<ReadableList<string>> Lists { get; } = new();

    /// <summary>Whether more rows were counted than a short list has.</summary>
    public bool IsLongList => _rows > shortList;

    /// <summary>Counts a row.</summary>
    public void CountRow() => _rows++;
}
