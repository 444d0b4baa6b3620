using static Cadenza.Audit.Tests.Support.SampleInventory;

namespace Cadenza.Audit.Tests;

public sealed class RuleTests
{
    private static readonly TradingAccount Uses = Account("book 1", "id-1");

    [Fact]
    public void A_healthy_credential_has_no_finding() => Assert.Empty(Find(Credential()));

    [Theory]
    [InlineData("FAILED", FindingRule.Failed)]
    [InlineData("failed", FindingRule.Failed)]
    [InlineData("Error", FindingRule.Failed)]
    [InlineData("EXPIRED", FindingRule.Expired)]
    [InlineData("expired", FindingRule.Expired)]
    public void A_failed_status_is_a_finding_of_high_severity(string status, string rule)
    {
        CredentialFinding finding = Assert.Single(Find(Credential(status: status)));
        Assert.Equal((rule, FindingSeverity.High, status), (finding.Rule, finding.Severity, finding.Status));
        TextAssert.Contains("10 days ago", finding.Message);
        TextAssert.Contains("1 trading account ('book 1')", finding.Message);
    }

    [Theory]
    [InlineData("INACTIVE", "The status INACTIVE does not say whether")]
    [InlineData("UNKNOWN", "The status UNKNOWN does not say whether")]
    [InlineData("FROZEN_BY_MOON", "The status FROZEN_BY_MOON does not say whether")]
    [InlineData("FAILED ", "The status FAILED  does not say whether")]
    [InlineData("", "The server does not report a status,")]
    [InlineData(null, "The server does not report a status,")]
    public void A_status_that_says_nothing_is_a_finding(string? status, string expected)
    {
        CredentialFinding finding = Assert.Single(Find(Credential(status: status)));
        Assert.Equal((FindingRule.OtherStatus, FindingSeverity.Medium), (finding.Rule, finding.Severity));
        Assert.Equal(CredentialHealth.Other, finding.Health);
        TextAssert.StartsWith(expected, finding.Message);
    }

    [Theory]
    [InlineData("PENDING", 0.5, false)]
    [InlineData("PENDING", 1, true)]
    [InlineData("created", 30, true)]
    [InlineData("VERIFIED", 30, false)]
    public void A_credential_that_waits_a_day_after_its_creation_is_a_finding(string status, double days, bool expected)
    {
        var credential = new CadenzaCredential
        {
            CredentialId = "id-1", Nickname = "n", Status = status, CreatedAt = Now.AddDays(-days), UpdatedAt = Now,
        };
        Assert.Equal(expected ? [(FindingRule.Waiting, FindingSeverity.Medium)] : [], Find(credential).Select(RuleOf));
    }

    [Theory]
    [InlineData(89.99, false)]
    [InlineData(90, true)]
    [InlineData(90.01, true)]
    [InlineData(4000, true)]
    [InlineData(-3, false)]
    public void A_credential_is_stale_after_exactly_the_number_of_days(double days, bool expected)
    {
        CredentialFinding[] findings = Find(Credential(days: days));
        Assert.Equal(expected ? [FindingRule.Stale] : [], findings.Select(static finding => finding.Rule));
        Assert.All(
            findings,
            finding => Assert.Equal((FindingSeverity.Medium, (int)days), (finding.Severity, finding.AgeDays!.Value)));
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(400, 399, false)]
    [InlineData(int.MaxValue, 4000, false)]
    public void The_caller_sets_the_number_of_days(int limit, int days, bool expected)
    {
        AuditOptions options = SampleInventory.CreateOptions(limit);
        AuditResult result = CredentialAudit.Run([Credential(days: days)], [Uses], options);
        Assert.Equal(expected, result.Findings.Any(static finding => finding.Rule == FindingRule.Stale));
    }

    [Fact]
    public void A_number_of_days_below_one_is_rejected() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => SampleInventory.CreateOptions(0));

    [Fact]
    public void Without_a_change_the_age_starts_at_the_creation()
    {
        var credential = new CadenzaCredential
        {
            CredentialId = "id-1", Nickname = "n", Status = "ACTIVE", CreatedAt = Now.AddDays(-100),
        };
        CredentialFinding finding = Assert.Single(Find(credential));
        Assert.Equal((FindingRule.Stale, 100, AgeSource.Creation), (finding.Rule, finding.AgeDays, finding.AgeSource));
        Assert.Equal(
            "The key rotation is overdue. Created on 2026-08-13 (100 days ago); no later change is recorded. "
                + "Used by 1 trading account ('book 1').",
            finding.Message);
    }

    [Theory]
    [InlineData(-1, "2026-11-22 (today)")]
    [InlineData(0.9, "2026-11-20 (today)")]
    [InlineData(1, "2026-11-20 (1 day ago)")]
    [InlineData(1200, "2023-08-09 (1,200 days ago)")]
    public void A_message_gives_the_age_in_days(double days, string expected) =>
        Assert.Equal(
            $"The status is FAILED. Last changed on {expected}. Used by 1 trading account ('book 1').",
            Find(Credential(status: "FAILED", days: days))[0].Message);

    [Fact]
    public void Without_times_the_age_is_not_known()
    {
        CredentialFinding finding = Assert.Single(Find(Credential(days: null)));
        Assert.Equal((FindingRule.UnknownAge, FindingSeverity.Low), (finding.Rule, finding.Severity));
        Assert.Null(finding.AgeDays);
        Assert.Null(finding.AgeSource);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("  ", true)]
    [InlineData("x", false)]
    public void A_credential_without_a_nickname_is_a_finding(string? nickname, bool expected)
    {
        CredentialFinding[] findings = Find(Credential(nickname: nickname));
        Assert.Equal(expected ? [(FindingRule.NoNickname, FindingSeverity.Low)] : [], findings.Select(RuleOf));
    }

    [Theory]
    [InlineData("VERIFIED", true)]
    [InlineData("PENDING", true)]
    [InlineData("FROZEN", true)]
    [InlineData(null, true)]
    [InlineData("REVOKED", false)]
    [InlineData("revoked", false)]
    public void A_credential_that_no_account_uses_is_unused_unless_it_is_revoked(string? status, bool expected)
    {
        AuditResult result = SampleInventory.Audit([Credential(status: status)], [Account("other", "id-2")]);
        Assert.Equal(
            expected ? [(FindingRule.Unused, FindingSeverity.Medium)] : [],
            result.Findings
                .Where(static finding => finding.Rule is not (FindingRule.Waiting or FindingRule.OtherStatus))
                .Select(RuleOf));
    }

    [Fact]
    public void Ids_that_differ_only_by_case_are_two_ids_unless_they_are_uuids()
    {
        const string Uuid = "a0b1c2d3-0000-4000-8000-00000000000f";
        Assert.Empty(Find([Credential(Uuid)], [Account("book", Uuid.ToUpperInvariant())]));
        Assert.Equal(FindingRule.Unused, Assert.Single(Find([Credential("AbC-1")], [Account("book", "aBc-1")])).Rule);
    }

    [Fact]
    public void A_revoked_credential_in_use_is_a_finding_with_its_accounts()
    {
        CadenzaCredential credential = Credential(
            status: "Revoked", days: 400, nickname: null, revokedAt: Now.AddDays(-2));
        CredentialFinding finding = Assert.Single(Find([credential], [Uses, Account("book 2", "id-1", "id-1")]));
        Assert.Equal((FindingRule.RevokedInUse, FindingSeverity.High), (finding.Rule, finding.Severity));
        Assert.Equal(["book 1", "book 2"], finding.TradingAccounts);
        Assert.Equal("book 1, book 2", finding.TradingAccounts.ToString());
        TextAssert.Contains(
            "The credential was revoked on 2026-11-19, but 2 trading accounts ('book 1', 'book 2') still use it.",
            finding.Message);
    }

    [Fact]
    public void The_time_of_revocation_is_used_only_without_a_status()
    {
        CadenzaCredential revoked = Credential(status: null, revokedAt: Now);
        Assert.Empty(Find([revoked], []));
        CadenzaCredential active = Credential(status: "ACTIVE", revokedAt: Now);
        Assert.Equal(FindingRule.Unused, Assert.Single(Find([active], [])).Rule);
    }

    [Fact]
    public void Without_accounts_the_rules_that_require_them_are_not_evaluated()
    {
        AuditResult result = SampleInventory.Audit([Credential(), Credential(status: "REVOKED")], null);
        Assert.Empty(result.Findings);
        Assert.Null(result.Accounts);
    }

    [Fact]
    public void A_message_names_five_accounts_and_counts_the_others()
    {
        IEnumerable<TradingAccount> accounts = Enumerable.Range(1, 7).Select(static i => Account($"b{i}", "id-1"));
        CredentialFinding finding = Assert.Single(Find([Credential(status: "FAILED")], [.. accounts]));
        TextAssert.Contains("7 trading accounts ('b1', 'b2', 'b3', 'b4', 'b5' and 2 more)", finding.Message);
        Assert.Equal(7, finding.TradingAccounts.Count);
    }

    [Fact]
    public void An_account_without_a_nickname_is_named_by_its_id()
    {
        var unnamed = new TradingAccount { CredentialIds = ["id-1"] };
        CredentialFinding finding = Assert.Single(
            Find([Credential(status: "FAILED")], [Account(null, "id-1"), unnamed]));
        Assert.Equal(["account acc-", "an account without a name"], finding.TradingAccounts);
    }

    [Fact]
    public void One_credential_can_have_several_findings()
    {
        CadenzaCredential credential = Credential(status: "EXPIRED", days: 200, nickname: null);
        string[] rules = [.. Find([credential], []).Select(static finding => finding.Rule)];
        Assert.Equal([FindingRule.Expired, FindingRule.Stale, FindingRule.Unused, FindingRule.NoNickname], rules);
    }

    [Fact]
    public void Findings_are_ordered_by_severity_venue_and_nickname()
    {
        CadenzaCredential[] credentials =
        [
            Credential("1", venue: null, days: 100),
            Credential("2", venue: "okx", nickname: "b", days: 100),
            Credential("3", venue: "OKX", nickname: "A", days: 100),
            Credential("4", venue: "BYBIT", nickname: null),
            Credential("5", venue: "ZZZ", status: "FAILED"),
        ];
        AuditResult result = SampleInventory.Audit(credentials, null);
        Assert.Equal(["5", "3", "2", "1", "4"], result.Findings.Select(static finding => finding.CredentialId));
        Assert.Same(credentials, result.Credentials);
    }

    [Fact]
    public void The_findings_do_not_depend_on_the_order_of_the_list()
    {
        (IReadOnlyList<CadenzaCredential> credentials, IReadOnlyList<TradingAccount> accounts) = Varied(200, 80);
        CredentialFinding[] reversed = Find([.. credentials.Reverse()], accounts);
        Assert.Equal(Find(credentials, accounts).Select(Describe), reversed.Select(Describe));
        static string Describe(CredentialFinding finding) => $"{finding.Rule} {finding.CredentialId}";
    }

    [Fact]
    public void Every_rule_is_described_and_listed_once()
    {
        Assert.Equal(FindingRule.All, RuleDescription.All.Select(static rule => rule.Rule));
        Assert.Equal(FindingRule.All.Count, FindingRule.All.Distinct().Count());
        Assert.Equal(
            RuleDescription.All
                .OrderByDescending(static rule => FindingSeverity.RankOf(rule.Severity))
                .Select(static rule => rule.Rule),
            FindingRule.All);
        IEnumerable<CredentialFinding> findings =
        [.. SampleInventory.Audit(400, 160).Findings, .. SampleInventory.AuditWithLifetimes(400, 160).Findings];
        Assert.Equal(FindingRule.All.Order(), findings.Select(static finding => finding.Rule).Distinct().Order());
        Assert.All(
            findings,
            static finding => Assert.Equal(RuleDescription.Of(finding.Rule).Severity, finding.Severity));
    }

    [Theory]
    [InlineData("High", "Medium", true)]
    [InlineData("medium", "MEDIUM", true)]
    [InlineData("Low", "Medium", false)]
    [InlineData("High", "High", true)]
    [InlineData("Medium", "High", false)]
    public void Severities_compare_by_their_order_and_not_by_the_alphabet(
        string severity, string minimum, bool expected) =>
        Assert.Equal(expected, FindingSeverity.IsAtLeast(severity, minimum));

    [Fact]
    public void A_word_that_is_not_a_severity_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FindingSeverity.IsAtLeast("Critical", FindingSeverity.Low));

    [Fact]
    public void The_text_of_a_finding_names_the_credential()
    {
        CredentialFinding finding = Assert.Single(Find(Credential(nickname: null)));
        TextAssert.StartsWith(
            "Low NoNickname: id-1 (BINANCE). The credential has no nickname, and", finding.ToString());
    }

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public void One_account_can_use_a_hundred_thousand_credentials()
    {
        string[] ids = [.. Enumerable.Range(0, 100_000).Select(static i => $"id-{i}")];
        IEnumerable<CadenzaCredential> credentials =
            ids.Select(static (id, i) => Credential(id, status: i % 2 == 0 ? "FAILED" : "REVOKED"));
        Assert.Equal(ids.Length, Find([.. credentials], [Account("all", ids)]).Length);
    }

    [Fact]
    public void Null_arguments_are_rejected()
    {
        Assert.Throws<ArgumentNullException>(() => CredentialAudit.Run(null!, null, SampleInventory.Options));
        Assert.Throws<ArgumentNullException>(() => CredentialAudit.Run([], null, null!));
        Assert.Empty(Find([], []));
    }

    private static (string Rule, string Severity) RuleOf(CredentialFinding finding) => (finding.Rule, finding.Severity);

    /// <summary>Audits a credential that an account uses.</summary>
    private static CredentialFinding[] Find(CadenzaCredential credential) => Find([credential], [Uses]);

    private static CredentialFinding[] Find(
        IReadOnlyList<CadenzaCredential> credentials, IReadOnlyList<TradingAccount>? accounts) =>
        [.. SampleInventory.Audit(credentials, accounts).Findings];
}
