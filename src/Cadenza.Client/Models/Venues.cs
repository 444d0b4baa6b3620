using System;
using System.Collections.Generic;
using System.Linq;

namespace Cadenza.Client.Models;

/// <summary>The venues that the API documents. A server may support others.</summary>
public static class Venues
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

    /// <summary>Whether the venue's keys have a passphrase. The API documents this for OKX only.</summary>
    public static bool HasPassphrase(string? venue) =>
        venue is not null
        && (venue.Equals("OKX", StringComparison.OrdinalIgnoreCase)
            || venue.StartsWith("OKX_", StringComparison.OrdinalIgnoreCase));
}
