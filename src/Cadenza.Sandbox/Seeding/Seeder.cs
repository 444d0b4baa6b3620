using System;
using System.Globalization;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Seeding;

/// <summary>Fills a new sandbox: the fixed credentials first, then generated ones.</summary>
internal sealed class Seeder
{
    private const int SecondsPerDay = 24 * 60 * 60;

    private static readonly string[] Venues =
    [
        "BINANCE", "BINANCE", "BINANCE", "OKX", "OKX", "DERIBIT", "DERIBIT", "BYBIT", "BYBIT", "COINBASE", "BITFINEX",
        "HYPERLIQUID", "B2C2", "WINTERMUTE", "IBKR", "BINANCE_UAT", "OKX_UAT", "DERIBIT_UAT",
    ];

    private static readonly string[] Desks =
    [
        "Delta-one desk", "Market making BTC-perp", "Market making ETH-perp", "Treasury hedge", "Vol surface book",
        "OTC settlement", "Basis carry", "Funding arb", "Stat-arb pod", "Index rebalance", "Client execution",
        "Momentum sleeve", "Gamma scalping", "Inventory transfer", "Collateral sweep", "Liquidation desk",
        "Cross-venue arb", "Research replay",
    ];

    private static readonly string?[] ApiTypes =
        ["API_KEY", "API_KEY", "API_KEY", "HMAC", "HMAC", "RSA", "ED25519", null];

    private static readonly string[] AccountSets = ["", "", "", "S", "M", "SM", "", "C", "SMC", ""];

    private readonly SeededRandom _random;
    private readonly DateTimeOffset _today;
    private readonly Guid _userId;
    private readonly Guid _colleagueId;

    public Seeder(SeededRandom random, DateTimeOffset now, Guid userId)
    {
        _random = random;
        // Whole days: two sandboxes with the same seed and the same day are the same.
        _today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        _userId = userId;
        _colleagueId = random.NextGuid();
    }

    public Store Fill(int count)
    {
        var store = new Store(count);
        for (int i = 0; i < count; i++)
        {
            store.Add(CreateCredential(i < FixedSeeds.Credentials.Length ? FixedSeeds.Credentials[i] : Generate(i)));
        }

        return store;
    }

    private static bool IsBrokerVenue(string venue) =>
        venue.StartsWith("B2C2", StringComparison.Ordinal)
        || venue.StartsWith("WINTERMUTE", StringComparison.Ordinal)
        || venue.StartsWith("IBKR", StringComparison.Ordinal);

    // Generated ones are never blocked and belong to the user: tests that need thousands of plain ones use them.
    private SeedCredential Generate(int index)
    {
        string venue = Venues[_random.Next(Venues.Length)];
        string? nickname = _random.Next(12) == 0
            ? null
            : Desks[_random.Next(Desks.Length)] + " " + (index + 1).ToString(CultureInfo.InvariantCulture);
        CredentialState state = _random.Next(100) switch
        {
            < 72 => CredentialState.Verified,
            < 82 => CredentialState.Failed,
            < 87 => CredentialState.Pending,
            _ => CredentialState.Revoked,
        };
        string? type = IsBrokerVenue(venue) ? "TOKEN" : ApiTypes[_random.Next(ApiTypes.Length)];
        double draw = _random.NextDouble();
        // Squared: most credentials are young and a few are very old.
        int age = 1 + (int)(draw * draw * 1800);
        int idle = 1 + _random.Next(age);
        string accounts = AccountSets[_random.Next(AccountSets.Length)];
        return new SeedCredential(venue, nickname, state, type, age, idle, accounts);
    }

    private Credential CreateCredential(SeedCredential seed)
    {
        bool isColleagues =
            string.Equals(seed.Nickname, SandboxSeeds.ColleagueNickname, StringComparison.Ordinal);
        long created = TimeBefore(seed.AgeDays);
        var credential = new Credential(
            _random.NextGuid(),
            seed.Venue,
            seed.Nickname,
            isColleagues ? _colleagueId : _userId,
            IsBrokerVenue(seed.Venue),
            seed.ApiType,
            created)
        {
            State = seed.State,
            IsColleagues = isColleagues,
            UpdatedAt = Math.Max(created, TimeBefore(seed.IdleDays)),
        };
        credential.Accounts = CreateAccounts(credential, seed.Accounts);
        return credential;
    }

    private TradingAccount[] CreateAccounts(Credential credential, string letters)
    {
        bool hasOpenOrders = letters.Length > 0 && letters[letters.Length - 1] == '!';
        int count = letters.Length - (hasOpenOrders ? 1 : 0);
        if (count == 0)
        {
            return [];
        }

        var accounts = new TradingAccount[count];
        for (int i = 0; i < count; i++)
        {
            string type = letters[i] switch { 'S' => "SPOT", 'M' => "MARGIN", _ => "CREDIT" };
            bool isOpen = hasOpenOrders && i == 0;
            string status = StatusOf(credential.State, isOpen);
            accounts[i] = new TradingAccount(_random.NextGuid(), credential, type, status, isOpen);
        }

        return accounts;
    }

    private static string StatusOf(CredentialState state, bool hasOpenOrders) => state switch
    {
        CredentialState.Revoked => AccountStatus.Disconnected,
        CredentialState.Pending => AccountStatus.Created,
        // Open orders stay on the exchange if the keys fail, so the account counts as active.
        CredentialState.Failed => hasOpenOrders ? AccountStatus.Active : AccountStatus.Inactive,
        _ => AccountStatus.Active,
    };

    // A random time of that day, so never in the future.
    private long TimeBefore(int days) =>
        _today
            .AddDays(-days)
            .AddSeconds(_random.Next(SecondsPerDay))
            .AddMilliseconds(_random.Next(1000))
            .ToUnixTimeMilliseconds();
}
