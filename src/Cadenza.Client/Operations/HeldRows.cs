using System.Collections.Generic;
using Cadenza.Client.Models;

namespace Cadenza.Client.Operations;

/// <summary>The rows of a list that are held until all pages were read, and the state at the first of them.</summary>
internal sealed class HeldRows(long skipped, long written, HashSet<string> missing)
{
    private readonly HashSet<string> _missing = new(missing, missing.Comparer);
    private readonly List<CredentialRow> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(CredentialRow row) => _rows.Add(row);

    /// <summary>Discards the rows and returns the state at the first of them.</summary>
    public (long Skipped, long Written, HashSet<string> Missing) Discard()
    {
        _rows.Clear();
        return (skipped, written, new HashSet<string>(_missing, _missing.Comparer));
    }

    /// <summary>Returns the rows and forgets them.</summary>
    public IReadOnlyList<CredentialRow> Take()
    {
        CredentialRow[] rows = [.. _rows];
        _rows.Clear();
        return rows;
    }
}
