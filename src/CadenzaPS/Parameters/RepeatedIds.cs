using System;
using System.Collections.Generic;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace CadenzaPS.Parameters;

/// <summary>Finds credentials that are in one input more than once.</summary>
internal sealed class RepeatedIds
{
    private readonly Dictionary<string, Occurrence> _items = new(CredentialIdComparer.Instance);

    /// <summary>
    /// Compares an item with the earlier items of the same credential. Returns null for the first one, and for an id
    /// that is not valid.
    /// </summary>
    /// <returns>The number of the earlier item, and whether neither venue nor nickname contradict it.</returns>
    public (long Number, bool IsConsistent)? Find(CredentialReference item, long number)
    {
        if (CredentialIdRules.Validate(item.CredentialId) is not null)
        {
            return null;
        }

        if (_items.TryGetValue(item.CredentialId!, out Occurrence? earlier))
        {
            return (
                earlier.Number,
                IsConsistent(earlier.Item.Venue, item.Venue, StringComparison.OrdinalIgnoreCase)
                    && IsConsistent(earlier.Item.Nickname, item.Nickname, StringComparison.Ordinal));
        }

        _items.Add(item.CredentialId!, new Occurrence(number, item));
        return null;
    }

    private static bool IsConsistent(string? earlier, string? value, StringComparison comparison) =>
        string.IsNullOrEmpty(earlier) || string.IsNullOrEmpty(value) || string.Equals(earlier, value, comparison);

    private sealed record Occurrence(long Number, CredentialReference Item);
}
