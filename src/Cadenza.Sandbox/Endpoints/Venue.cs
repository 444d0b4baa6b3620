using System;

namespace Cadenza.Sandbox.Endpoints;

/// <summary>The venues that the server knows.</summary>
internal static class Venue
{
    private const string TestSuffix = "_UAT";

    private static readonly string[] Live =
    [
        "BINANCE", "B2C2", "WINTERMUTE", "BLOCKFILLS", "STONEX", "CUMBERLAND", "IBKR", "DERIBIT", "BITFINEX", "OKX",
        "BYBIT", "COINBASE", "HYPERLIQUID",
    ];

    private static readonly string[] Others =
        ["BINANCE_SANDBOX", "B2C2_SANDBOX", "IBKR_PAPER", "FERMATA", "MOCK", "PAPER"];

    public static bool IsKnown(string venue) =>
        Array.IndexOf(Live, WithoutTestSuffix(venue)) >= 0 || Array.IndexOf(Others, venue) >= 0;

    public static bool NeedsPassphrase(string venue) =>
        string.Equals(WithoutTestSuffix(venue), "OKX", StringComparison.Ordinal);

    private static string WithoutTestSuffix(string venue) => venue.EndsWith(TestSuffix, StringComparison.Ordinal)
        ? venue.Substring(0, venue.Length - TestSuffix.Length)
        : venue;
}
