using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Audit.Report;
using Cadenza.Audit.Tests.Support;
using Cadenza.Client.Models;
using Xunit;

namespace Cadenza.Audit.Tests;

public sealed class RuleTests
{
    private static readonly TradingAccount Uses = SampleInventory.Account("book 1", "id-1");

    [Fact]
    public void A_healthy_credential_has_no_finding() => Assert.Empty(Find(SampleInventory.Credential()));

    [Theory]
    [InlineData("FAILED", FindingRule.Failed)]
    [InlineData("failed", FindingRule.Failed)]
    [InlineData("Error", FindingRule.Failed)]
    [InlineData("EXPIRED", FindingRule.Expired)]
    [InlineData("expired", FindingRule.Expired)]
    public void A_broken_status_is_a_finding_of_high_severity(string status, string rule)
    {
        CredentialFinding finding = Assert.Single(Find(SampleInventory.Credential(status: status)));
        Assert.Equal((rule, FindingSeverity.High, status), (finding.Rule, finding.Severity, finding.Status));
        Assert.Contains("10 days ago", finding.Message, StringComparison.Ordinal);
        Assert.Contains("1 trading account (book 1)", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VERIFIED")]
    [InlineData("PENDING")]
    [InlineData("INACTIVE")]
    [InlineData("UNKNOWN")]
    [InlineData("FROZEN_BY_MOON")]
    [InlineData("FAILED ")]
    [InlineData("")]
    [InlineData(null)]
    public void Any_other_status_is_no_finding_on_its_own(string? status) => Assert.Empty(Find(SampleInventory.Credential(status: status)));

    [Theory]
    [InlineData(89.99, false)]
    [InlineData(90, true)]
    [InlineData(90.01, true)]
    [InlineData(4000, true)]
    [InlineData(-3, false)]
    public void A_credential_is_stale_from_the_very_day_on(double days, bool expected)
    {
        CredentialFinding[] findings = Find(SampleInventory.Credential(days: days));
        Assert.Equal(expected ? [FindingRule.Stale] : [], findings.Select(static finding => finding.Rule));
        Assert.All(findings, finding => Assert.Equal((FindingSeverity.Medium, (int)days), (finding.Severity, finding.AgeDays!.Value)));
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(400, 399, false)]
    [InlineData(int.MaxValue, 4000, false)]
    public void The_limit_is_the_callers(int limit, int days, bool expected)
    {
        var options = new AuditOptions { Now = SampleInventory.Now, StaleAfterDays = limit };
        AuditResult result = CredentialAudit.Run([SampleInventory.Credential(days: days)], [Uses], options);
        Assert.Equal(expected, result.Findings.Any(static finding => finding.Rule == FindingRule.Stale));
    }

    [Fact]
    public void A_limit_below_a_day_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(static () => new AuditOptions { StaleAfterDays = 0 });

    [Fact]
    public void The_age_counts_from_the_creation_where_no_change_is_known()
    {
        var credential = new CadenzaCredential { CredentialId = "id-1", Nickname = "n", CreatedAt = SampleInventory.Now.AddDays(-100) };
        CredentialFinding finding = Assert.Single(Find(credential));
        Assert.Equal((FindingRule.Stale, 100), (finding.Rule, finding.AgeDays));
    }

    [Fact]
    public void Without_times_nothing_is_stale()
    {
        Assert.Empty(Find(SampleInventory.Credential(days: null)));
        Assert.Null(Assert.Single(Find(SampleInventory.Credential(days: null, status: "FAILED"))).AgeDays);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("  ", true)]
    [InlineData("x", false)]
    public void A_live_credential_needs_a_nickname(string? nickname, bool expected)
    {
        CredentialFinding[] findings = Find(SampleInventory.Credential(nickname: nickname));
        Assert.Equal(expected ? [(FindingRule.NoNickname, FindingSeverity.Low)] : [], findings.Select(static finding => (finding.Rule, finding.Severity)));
    }

    [Theory]
    [InlineData("VERIFIED", true)]
    [InlineData("PENDING", true)]
    [InlineData("FROZEN", true)]
    [InlineData(null, true)]
    [InlineData("REVOKED", false)]
    [InlineData("revoked", false)]
    public void A_live_credential_that_no_account_lists_is_unused(string? status, bool expected)
    {
        AuditResult result = CredentialAudit.Run([SampleInventory.Credential(status: status)], [SampleInventory.Account("other", "id-2")], SampleInventory.Options);
        Assert.Equal(expected ? [(FindingRule.Unused, FindingSeverity.Medium)] : [], result.Findings.Select(static finding => (finding.Rule, finding.Severity)));
    }

    [Fact]
    public void Ids_are_compared_without_regard_to_case() =>
        Assert.Empty(CredentialAudit.Run([SampleInventory.Credential("AbC-1")], [SampleInventory.Account("book", "aBc-1")], SampleInventory.Options).Findings);

    [Fact]
    public void A_revoked_credential_that_an_account_lists_is_a_finding_with_its_accounts()
    {
        CadenzaCredential credential = SampleInventory.Credential(status: "Revoked", days: 400, nickname: null, revokedAt: SampleInventory.Now.AddDays(-2));
        CredentialFinding finding = Assert.Single(CredentialAudit.Run([credential], [Uses, SampleInventory.Account("book 2", "ID-1", "id-1")], SampleInventory.Options).Findings);
        Assert.Equal((FindingRule.RevokedInUse, FindingSeverity.High), (finding.Rule, finding.Severity));
        Assert.Equal(["book 1", "book 2"], finding.TradingAccounts);
        Assert.Equal("book 1, book 2", finding.TradingAccounts.ToString());
        Assert.Contains("revoked on 2026-11-19, and 2 trading accounts (book 1, book 2) still list it", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_of_revocation_counts_where_there_is_no_status()
    {
        CadenzaCredential revoked = SampleInventory.Credential(status: null, revokedAt: SampleInventory.Now);
        Assert.Empty(CredentialAudit.Run([revoked], [], SampleInventory.Options).Findings);
        CadenzaCredential active = SampleInventory.Credential(status: "ACTIVE", revokedAt: SampleInventory.Now);
        Assert.Equal(FindingRule.Unused, Assert.Single(CredentialAudit.Run([active], [], SampleInventory.Options).Findings).Rule);
    }

    [Fact]
    public void Without_the_accounts_their_rules_are_not_judged()
    {
        AuditResult result = CredentialAudit.Run([SampleInventory.Credential(), SampleInventory.Credential(status: "REVOKED")], null, SampleInventory.Options);
        Assert.Empty(result.Findings);
        Assert.Null(result.Accounts);
    }

    [Fact]
    public void A_sentence_names_five_accounts_and_counts_the_rest()
    {
        TradingAccount[] accounts = [.. Enumerable.Range(1, 7).Select(static i => SampleInventory.Account($"b{i}", "id-1"))];
        CredentialFinding finding = Assert.Single(CredentialAudit.Run([SampleInventory.Credential(status: "FAILED")], accounts, SampleInventory.Options).Findings);
        Assert.Contains("7 trading accounts (b1, b2, b3, b4, b5 and 2 more)", finding.Message, StringComparison.Ordinal);
        Assert.Equal(7, finding.TradingAccounts.Count);
    }

    [Fact]
    public void Accounts_without_a_name_are_named_by_their_id()
    {
        TradingAccount[] accounts = [SampleInventory.Account(null, "id-1"), new TradingAccount { CredentialIds = ["id-1"] }];
        CredentialFinding finding = Assert.Single(CredentialAudit.Run([SampleInventory.Credential(status: "FAILED")], accounts, SampleInventory.Options).Findings);
        Assert.Equal(["account acc-", "an account without a name"], finding.TradingAccounts);
    }

    [Fact]
    public void One_credential_can_have_several_findings()
    {
        CadenzaCredential credential = SampleInventory.Credential(status: "EXPIRED", days: 200, nickname: null);
        string[] rules = [.. CredentialAudit.Run([credential], [], SampleInventory.Options).Findings.Select(static finding => finding.Rule)];
        Assert.Equal([FindingRule.Expired, FindingRule.Stale, FindingRule.Unused, FindingRule.NoNickname], rules);
    }

    [Fact]
    public void Findings_come_gravest_first_then_by_venue_and_nickname()
    {
        CadenzaCredential[] credentials =
        [
            SampleInventory.Credential("1", venue: null, days: 100), SampleInventory.Credential("2", venue: "okx", nickname: "b", days: 100),
            SampleInventory.Credential("3", venue: "OKX", nickname: "A", days: 100), SampleInventory.Credential("4", venue: "BYBIT", nickname: null),
            SampleInventory.Credential("5", venue: "ZZZ", status: "FAILED"),
        ];
        AuditResult result = CredentialAudit.Run(credentials, null, SampleInventory.Options);
        Assert.Equal(["5", "3", "2", "1", "4"], result.Findings.Select(static finding => finding.CredentialId));
        Assert.Same(credentials, result.Credentials);
    }

    [Fact]
    public void The_order_of_the_list_does_not_matter()
    {
        (IReadOnlyList<CadenzaCredential> credentials, IReadOnlyList<TradingAccount> accounts) = SampleInventory.Varied(200, 80);
        string[] forwards = [.. CredentialAudit.Run(credentials, accounts, SampleInventory.Options).Findings.Select(static finding => $"{finding.Rule} {finding.CredentialId}")];
        string[] backwards = [.. CredentialAudit.Run([.. credentials.Reverse()], accounts, SampleInventory.Options).Findings.Select(static finding => $"{finding.Rule} {finding.CredentialId}")];
        Assert.Equal(forwards, backwards);
    }

    [Fact]
    public void Every_rule_is_described_and_listed_once()
    {
        Assert.Equal(FindingRule.All, RuleText.All.Select(static rule => rule.Rule));
        Assert.Equal(FindingRule.All.Count, FindingRule.All.Distinct().Count());
        Assert.Equal(RuleText.All.OrderByDescending(static rule => rule.Severity).Select(static rule => rule.Rule), FindingRule.All);
        IEnumerable<CredentialFinding> findings = SampleInventory.Audit(400, 160).Findings;
        Assert.Equal(FindingRule.All.Order(), findings.Select(static finding => finding.Rule).Distinct().Order());
        Assert.All(findings, static finding => Assert.Equal(RuleText.All.Single(rule => rule.Rule == finding.Rule).Severity, finding.Severity));
    }

    [Fact]
    public void A_finding_in_words_names_the_credential()
    {
        CredentialFinding finding = Assert.Single(Find(SampleInventory.Credential(nickname: null)));
        Assert.StartsWith("Low NoNickname: BINANCE (id-1). It has no nickname", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_fleet_with_one_account_that_lists_all_of_it_is_audited()
    {
        CadenzaCredential[] credentials = [.. Enumerable.Range(0, 100_000).Select(static i => SampleInventory.Credential($"id-{i}", status: i % 2 == 0 ? "FAILED" : "REVOKED"))];
        TradingAccount all = SampleInventory.Account("all", [.. credentials.Select(static credential => credential.CredentialId)]);
        Assert.Equal(100_000, CredentialAudit.Run(credentials, [all], SampleInventory.Options).Findings.Count);
    }

    [Fact]
    public void Nothing_is_an_error_of_the_caller()
    {
        Assert.Throws<ArgumentNullException>(() => CredentialAudit.Run(null!, null, SampleInventory.Options));
        Assert.Throws<ArgumentNullException>(() => CredentialAudit.Run([], null, null!));
        Assert.Empty(CredentialAudit.Run([], [], SampleInventory.Options).Findings);
    }

    private static CredentialFinding[] Find(CadenzaCredential credential) => [.. CredentialAudit.Run([credential], [Uses], SampleInventory.Options).Findings];
}
