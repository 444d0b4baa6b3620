using System;

namespace Cadenza.Audit.Rules;

/// <summary>The key requirements of venues.</summary>
internal static class Venues
{
    /// <summary>Whether the keys of the venue include a passphrase. The API documents this for OKX only.</summary>
    public static bool HasPassphrase(string? venue) => venue is not null
        && (venue.Equals("OKX", StringComparison.OrdinalIgnoreCase)
            || venue.StartsWith("OKX_", StringComparison.OrdinalIgnoreCase));
}
