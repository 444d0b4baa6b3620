using System;
using System.Collections.Generic;
using System.Linq;

namespace CadenzaPS.Parameters;

/// <summary>
/// The words that the API's documents use: suggested, never demanded. Each has changed several times within a year, and
/// a server may use others.
/// </summary>
internal static class KnownValues
{
    /// <summary>Statuses of the three dialects.</summary>
    public static readonly IReadOnlyList<string> Statuses =
    [
        "ACTIVE", "CREATED", "ERROR", "EXPIRED", "FAILED", "INACTIVE", "PENDING", "REVOKED", "UNKNOWN", "VALIDATED",
        "VERIFIED",
    ];

    /// <summary>Types of the three dialects.</summary>
    public static readonly IReadOnlyList<string> CredentialTypes =
        ["API_KEY", "BROKER", "ED25519", "EXCHANGE", "HMAC", "OAUTH", "RSA", "TOKEN"];

    /// <summary>Venues, those of the exchanges' test environments among them.</summary>
    public static readonly IReadOnlyList<string> Venues = ListVenues();

    private static string[] ListVenues()
    {
        string[] exchanges =
        [
            "B2C2", "BINANCE", "BITFINEX", "BLOCKFILLS", "BYBIT", "COINBASE", "CUMBERLAND", "DERIBIT", "HYPERLIQUID",
            "IBKR", "OKX", "STONEX", "WINTERMUTE",
        ];
        string[] others = ["B2C2_SANDBOX", "BINANCE_SANDBOX", "FERMATA", "IBKR_PAPER", "MOCK", "PAPER"];
        IEnumerable<string> venues = exchanges.Concat(exchanges.Select(static venue => venue + "_UAT")).Concat(others);
        return [.. venues.OrderBy(static venue => venue, StringComparer.Ordinal)];
    }
}
