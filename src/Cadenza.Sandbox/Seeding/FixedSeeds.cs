using static Cadenza.Sandbox.State.CredentialState;

namespace Cadenza.Sandbox.Seeding;

/// <summary>The first credentials of every sandbox: a small trading firm, with one of each special case.</summary>
internal static class FixedSeeds
{
    // The special ones are first, so that a sandbox of eight credentials has them.
    public static readonly SeedCredential[] Credentials =
    [
        new("BINANCE", "Delta-one desk 7", Verified, "HMAC", 640, 34, "SM!"),
        new("BINANCE", "Market making BTC-perp", Failed, "HMAC", 412, 3, "SM"),
        new("OKX", "Treasury hedge", Failed, "API_KEY", 731, 2, "S"),
        new("DERIBIT", SandboxSeeds.BlockedNickname, Failed, "API_KEY", 1288, 1, "M!"),
        new("COINBASE", SandboxSeeds.ColleagueNickname, Verified, "API_KEY", 505, 61, "S"),
        new("B2C2", "OTC settlement", Verified, "TOKEN", 902, 120, "C"),
        new("IBKR", "Old prop desk", Revoked, "OAUTH", 1710, 800, "M"),
        new("OKX", null, Pending, "API_KEY", 2, 1, ""),
        new("BYBIT", "Basis carry ETH", Verified, "RSA", 233, 20, "SM"),
        new("OKX", "Funding arb", Verified, "API_KEY", 188, 9, "M!"),
        new("WINTERMUTE", "RFQ evening desk", Verified, "TOKEN", 365, 365, "C"),
        new("BINANCE_UAT", "Integration tests", Verified, "HMAC", 77, 77, ""),
        new("HYPERLIQUID", "Perp liquidity pilot", Pending, "ED25519", 3, 1, ""),
        new("BITFINEX", "Lending ladder", Failed, "API_KEY", 1460, 1095, ""),
        new("BYBIT", null, Verified, "ED25519", 95, 4, "S"),
        new("DERIBIT_UAT", "Vol backtest replay", Verified, "API_KEY", 260, 200, "M"),
        new("BINANCE", "Legacy market maker 2021", Revoked, "HMAC", 1655, 1200, "S"),
        new("COINBASE", "Custody sweep", Verified, null, 820, 15, "S"),
        new("OKX_UAT", null, Verified, "API_KEY", 44, 44, ""),
        new("IBKR", "Equity hedge overlay", Verified, "OAUTH", 540, 7, "MC"),
        new("BINANCE", "Stat-arb pod 3", Verified, "ED25519", 28, 6, "SMC"),
        new("DERIBIT", "Gamma scalping", Revoked, "API_KEY", 610, 12, "M"),
        new("B2C2", null, Verified, "TOKEN", 150, 150, "C"),
        new("HYPERLIQUID", "Momentum sleeve", Verified, "ED25519", 12, 1, "M!"),
    ];
}
