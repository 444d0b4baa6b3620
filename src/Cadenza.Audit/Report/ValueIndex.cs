using System;
using System.Collections.Generic;
using System.Linq;

namespace Cadenza.Audit.Report;

/// <summary>
/// The distinct values of a column in alphabetical order. The page refers to a value by its index, so that no attribute
/// contains a value from the server. Values that differ only in case are distinct.
/// </summary>
internal sealed class ValueIndex
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<string> _values = [];

    public ValueIndex(IEnumerable<string?> values)
    {
        IEnumerable<string> distinct = values
            .OfType<string>()
            .Where(static value => value.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(static value => value, StringComparer.OrdinalIgnoreCase)
            .ThenBy(static value => value, StringComparer.Ordinal);
        foreach (string value in distinct)
        {
            _indexes.Add(value, _values.Count);
            _values.Add(value);
        }
    }

    public IReadOnlyList<string> Values => _values;

    /// <summary>The index of a value, or -1 if it is null or empty.</summary>
    public int IndexOf(string? value) => string.IsNullOrEmpty(value) ? -1 : _indexes[value!];
}
