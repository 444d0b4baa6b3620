using System;
using System.Collections.Generic;
using Cadenza.Client.Models;
using Cadenza.Client.Security;
using Cadenza.Client.Text;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>
/// The rows of one input that were accepted: finds rows of the same credential, and rows with the same keys. Holds no
/// keys.
/// </summary>
internal sealed class RotationRows : IDisposable
{
    private readonly KeyDigest _digest = new();
    private readonly Dictionary<string, (long Number, string Digest)> _rows = new(CredentialIdComparer.Instance);
    private readonly Dictionary<string, long> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Number, string Digest)> _creations = new(StringComparer.Ordinal);
    private long _number;

    /// <summary>Counts an item of the input.</summary>
    public void Count() => _number++;

    /// <summary>
    /// Compares a row with the earlier rows of the same credential. Returns null for the first one.
    /// </summary>
    /// <returns>The number of the earlier row, and whether both are identical.</returns>
    public (long Number, bool IsIdentical)? FindSame(CredentialReference item, ApiKeySet keys)
    {
        string id = item.CredentialId ?? "";
        string digest = string.Join("|", _digest.Compute(keys), item.Venue, item.Nickname);
        if (_rows.TryGetValue(id, out (long Number, string Digest) earlier))
        {
            return (earlier.Number, earlier.Digest == digest);
        }

        _rows.Add(id, (_number, digest));
        return null;
    }

    /// <summary>
    /// Compares a row with the earlier rows that create a credential with the same venue and nickname or, without a
    /// nickname, with the same venue and keys. Returns null for the first one.
    /// </summary>
    /// <returns>The number of the earlier row, and whether both have the same keys.</returns>
    public (long Number, bool IsIdentical)? FindSameCreation(CredentialReference item, ApiKeySet keys)
    {
        string digest = _digest.Compute(keys);
        string name = string.IsNullOrEmpty(item.Nickname) ? digest : item.Nickname!.ToUpperInvariant();
        string key = $"{item.Venue?.ToUpperInvariant()}\n{name}";
        if (_creations.TryGetValue(key, out (long Number, string Digest) earlier))
        {
            return (earlier.Number, earlier.Digest == digest);
        }

        _creations.Add(key, (_number, digest));
        return null;
    }

    /// <summary>Returns a warning if an earlier row has the same API key, or null.</summary>
    public string? FindSharedKey(ApiKeySet keys)
    {
        string digest = _digest.ComputeForKey(keys);
        if (_keys.TryGetValue(digest, out long earlier))
        {
            return InputMessages.SameKey(earlier);
        }

        _keys.Add(digest, _number);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _digest.Dispose();
}
