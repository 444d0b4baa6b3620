using System;
using System.Collections.Generic;

namespace Cadenza.Client.Models;

/// <summary>
/// Compares ids of credentials. Ids that differ only by case are two ids, unless they are UUIDs, which every system may
/// write in either case.
/// </summary>
internal sealed class CredentialIdComparer : IEqualityComparer<string>
{
    private const int UuidLength = 36;

    private CredentialIdComparer()
    {
    }

    /// <summary>The only instance.</summary>
    public static CredentialIdComparer Instance { get; } = new();

    /// <summary>Returns a form that is the same for two ids if and only if they are equal.</summary>
    public static string Normalize(string id) => IsUuid(id) ? id.ToLowerInvariant() : id;

    /// <inheritdoc/>
    public bool Equals(string? x, string? y) =>
        string.Equals(x, y, StringComparison.Ordinal)
        || (string.Equals(x, y, StringComparison.OrdinalIgnoreCase) && IsUuid(x!));

    /// <inheritdoc/>
    public int GetHashCode(string obj) => StringComparer.OrdinalIgnoreCase.GetHashCode(obj);

    /// <summary>Whether it is a UUID, with or without hyphens. Guid.TryParse accepts further forms.</summary>
    private static bool IsUuid(string id)
    {
        bool hasHyphens = id.Length == UuidLength;
        if (!hasHyphens && id.Length != UuidLength - 4)
        {
            return false;
        }

        for (int i = 0; i < id.Length; i++)
        {
            bool isHyphen = hasHyphens && (i is 8 or 13 or 18 or 23);
            if (isHyphen ? id[i] != '-' : !IsHexadecimal(id[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsHexadecimal(char c) =>
        c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
}
