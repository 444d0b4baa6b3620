using System;
using System.Collections.Generic;
using System.Linq;

namespace Cadenza.Client.Models;

/// <summary>The venues that the API documents. A server may support others.</summary>
internal static class Venues
{
    private static readonly string[] Exchanges =
    [
        "B2C2", "BINANCE", "BITFINEX", "BLOCKFILLS", "BYBIT", "COINBASE", "CUMBERLAND", "DERIBIT", "HYPERLIQUID",
        "IBKR", "OKX", "STONEX", "WINTERMUTE",
    ];

    private static readonly string[] Others =
        ["B2C2_SANDBOX", "BINANCE_SANDBOX", "FERMATA", "IBKR_PAPER", "MOCK", "PAPER"];

    /// <summary>The known venues and their test environments, in alphabetical order.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        .. Exchanges.Concat(Exchanges.Select(static venue => venue + "_UAT")).Concat(Others)
            .OrderBy(static venue => venue, StringComparer.Ordinal),
    ];

    private static readonly string[] TestSuffixes = ["_UAT", "_SANDBOX", "_PAPER"];

    /// <summary>
    /// Whether the venue's keys have a passphrase. The API documents this for OKX, and the other exchanges publish it.
    /// </summary>
    public static bool HasPassphrase(string? venue) => BaseName(venue) is "OKX" or "KUCOIN" or "BITGET";

    /// <summary>
    /// Returns the exchange in upper case, without the suffix of a test environment, or null for no venue.
    /// </summary>
    public static string? BaseName(string? venue)
    {
        if (string.IsNullOrWhiteSpace(venue))
        {
            return null;
        }

        string name = venue!.ToUpperInvariant();
        string? suffix = Array.Find(TestSuffixes, known => name.EndsWith(known, StringComparison.Ordinal));
        return suffix is null ? name : name.Substring(0, name.Length - suffix.Length);
    }
}
