using System;
using System.Collections.Generic;
using Cadenza.Client.Models;

namespace Cadenza.Audit.Rules;

/// <summary>
/// Finds credentials that may have the same API key. The API returns only the beginning of a key, so two keys with the
/// same beginning look the same.
/// </summary>
internal sealed class SharedKeys
{
    /// <summary>The number of visible characters below which a masked key identifies nothing.</summary>
    private const int MinVisible = 4;

    /// <summary>The number of credentials from which a mask can be a prefix that all keys of the venue have.</summary>
    private const int MinCommon = 4;

    private readonly Dictionary<(string Venue, string Mask), List<AuditedCredential>> _rows = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(CredentialIdComparer.Instance);

    public SharedKeys(IEnumerable<AuditedCredential> rows)
    {
        foreach (AuditedCredential row in rows)
        {
            Add(row);
        }
    }

    /// <summary>Returns all credentials with the masked key of this one, or none if only it has the key.</summary>
    public IReadOnlyList<AuditedCredential> Find(AuditedCredential row)
    {
        string venue = VenueOf(row);
        if (row.Credential.MaskedApiKey is not string mask
            || !_rows.TryGetValue((venue, mask), out List<AuditedCredential>? same)
            || same.Count < 2)
        {
            return [];
        }

        bool isCommonPrefix = same.Count >= MinCommon && same.Count * 2 > _counts[venue];
        return isCommonPrefix ? [] : same;
    }

    private static string VenueOf(AuditedCredential row) => (row.Credential.Venue ?? "").ToUpperInvariant();

    private void Add(AuditedCredential row)
    {
        if (row.IsRevoked
            || row.Credential.MaskedApiKey is not string mask
            || mask.Replace("*", "").Trim().Length < MinVisible
            || !_seen.Add(row.Credential.CredentialId))
        {
            return;
        }

        string venue = VenueOf(row);
        _counts[venue] = _counts.TryGetValue(venue, out int count) ? count + 1 : 1;
        if (!_rows.TryGetValue((venue, mask), out List<AuditedCredential>? same))
        {
            _rows.Add((venue, mask), same = []);
        }

        same.Add(row);
    }
}
