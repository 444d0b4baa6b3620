using System.Text;
using CadenzaPS.Errors;

namespace Cadenza.Audit.Tests.Support;

/// <summary>Inventories of credentials, and their reports.</summary>
internal static class SampleInventory
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static readonly AuditOptions Options = CreateOptions();

    private static readonly string[] Venues =
        ["BINANCE", "OKX", "BYBIT", "DERIBIT", "COINBASE", "BITFINEX", "B2C2", "OKX_UAT"];
    private static readonly string[] Desks =
        ["arb", "market making", "treasury", "hedge", "research", "client flow", "basis"];

    public static AuditOptions CreateOptions(
        int staleAfterDays = AuditOptions.DefaultStaleAfterDays,
        KeyLifetimes? lifetimes = null,
        IReadOnlyDictionary<string, DateTimeOffset>? rotations = null,
        int warningDays = AuditOptions.DefaultLifetimeWarningDays) => new()
        {
            FixCommands = new FixCommands(staleAfterDays),
            Now = Now,
            StaleAfterDays = staleAfterDays,
            Lifetimes = lifetimes,
            LifetimeWarningDays = warningDays,
            Rotations = rotations,
        };

    public static ReportHeader CreateHeader(
        ReportChanges? changes = null, bool isSummary = false, params string[] notes) => new()
        {
            Host = "cadenza-api.example.test",
            Environment = "Production",
            User = "auditor@example.test",
            GeneratedAt = Now,
            ModuleVersion = "1.2.3",
            Changes = changes,
            IsSummary = isSummary,
            Notes = notes,
        };

    /// <summary>A credential without findings: verified, with a nickname, and recently changed.</summary>
    public static CadenzaCredential Credential(
        string id = "id-1",
        string? status = "VERIFIED",
        string? nickname = "desk 1",
        string? venue = "BINANCE",
        double? days = 10,
        DateTimeOffset? revokedAt = null) => new()
        {
            CredentialId = id,
            Status = status,
            Nickname = nickname,
            Venue = venue,
            CredentialType = "EXCHANGE",
            CreatedAt = days is double created ? Now.AddDays(-created - 1) : null,
            UpdatedAt = days is double updated ? Now.AddDays(-updated) : null,
            RevokedAt = revokedAt,
        };

    public static TradingAccount Account(string? name, params string[] ids) =>
        new() { TradingAccountId = "acc-" + name, Nickname = name, CredentialIds = ids };

    /// <summary>A varied inventory, always the same.</summary>
    public static (IReadOnlyList<CadenzaCredential> Credentials, IReadOnlyList<TradingAccount> Accounts) Varied(
        int count, int accountCount)
    {
        var random = new Random(7);
        var credentials = Enumerable.Range(0, count).Select(i => Vary(random, i)).ToList();
        var accounts = Enumerable.Range(0, accountCount).Select(i => VaryAccount(random, i, credentials)).ToList();
        return (credentials, accounts);
    }

    /// <summary>An audit of credentials without a list of accounts, or with one.</summary>
    public static AuditResult Audit(
        IReadOnlyList<CadenzaCredential> credentials, IReadOnlyList<TradingAccount>? accounts = null) =>
        CredentialAudit.Run(credentials, accounts, Options);

    /// <summary>An audit of a varied inventory.</summary>
    public static AuditResult Audit(int count, int accountCount, AuditOptions? options = null)
    {
        (IReadOnlyList<CadenzaCredential> credentials, IReadOnlyList<TradingAccount> accounts) =
            Varied(count, accountCount);
        return CredentialAudit.Run(credentials, accounts, options ?? Options);
    }

    /// <summary>An audit in which some keys have a lifetime and some are stale.</summary>
    public static AuditResult AuditWithLifetimes(int count, int accountCount) => Audit(
        count, accountCount, CreateOptions(lifetimes: new KeyLifetimes([new("OKX", 60), new("BINANCE", 90)])));

    public static string Report(AuditResult result, ReportHeader? header = null)
    {
        using var stream = new MemoryStream();
        AuditReport.Write(stream, result, header ?? CreateHeader());
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(stream.ToArray());
    }

    private static CadenzaCredential Vary(Random random, int i)
    {
        string venue = Venues[(int)(random.NextDouble() * random.NextDouble() * Venues.Length)];
        double changed = Math.Pow(random.NextDouble(), 1.7) * 520;
        string status = random.Next(100) switch
        {
            < 62 => "VERIFIED",
            < 72 => "ACTIVE",
            < 77 => "PENDING",
            < 82 => "FAILED",
            < 84 => "EXPIRED",
            < 85 => "ERROR",
            < 87 => "FROZEN",
            _ => "REVOKED",
        };
        bool isOpen = random.Next(40) == 0;
        return new CadenzaCredential
        {
            CredentialId = string.Create(
                CultureInfo.InvariantCulture,
                $"{random.Next():x8}-{random.Next(65536):x4}-4{random.Next(4096):x3}-a{random.Next(4096):x3}-{i:x12}"),
            Venue = venue,
            Nickname = random.Next(14) == 0 ? null : string.Create(
                CultureInfo.InvariantCulture, $"{Desks[random.Next(Desks.Length)]} {i % 40 + 1}"),
            CredentialType = random.Next(3) == 0 ? "HMAC" : "EXCHANGE",
            MaskedApiKey = string.Create(CultureInfo.InvariantCulture, $"{i % 150:d4}key***"),
            Status = status,
            CreatedAt = isOpen ? null : Now.AddDays(-changed - random.Next(300)),
            UpdatedAt = isOpen ? null : Now.AddDays(-changed),
            RevokedAt = status == "REVOKED" && !isOpen ? Now.AddDays(-changed) : null,
        };
    }

    private static TradingAccount VaryAccount(Random random, int i, List<CadenzaCredential> credentials)
    {
        IEnumerable<CadenzaCredential> used = Enumerable.Range(0, 1 + random.Next(3))
            .Select(_ => credentials[random.Next(credentials.Count)])
            .Where(c => c.Status != "REVOKED" || random.Next(8) == 0);
        return new TradingAccount
        {
            TradingAccountId = "acc-" + i.ToString(CultureInfo.InvariantCulture),
            Nickname = string.Create(CultureInfo.InvariantCulture, $"{Desks[i % Desks.Length]} book {i + 1}"),
            AccountType = "SPOT",
            CredentialIds = [.. used.Select(static c => c.CredentialId)],
        };
    }
}
