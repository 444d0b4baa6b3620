using System.Text.RegularExpressions;
using CadenzaPS.Errors;
using static Cadenza.Audit.Tests.Support.SampleInventory;

namespace Cadenza.Audit.Tests;

public sealed class LifetimeTests
{
    private static readonly TradingAccount Uses = Account("book 1", "id-1");

    [Theory]
    [InlineData(75.9, null, null)]
    [InlineData(76, FindingRule.LifetimeEnds, "ends in 14 days")]
    [InlineData(88.99, FindingRule.LifetimeEnds, "ends in 2 days")]
    [InlineData(89.5, FindingRule.LifetimeEnds, "ends in 1 day")]
    [InlineData(90, FindingRule.LifetimeOver, "ended today")]
    [InlineData(91, FindingRule.LifetimeOver, "ended 1 day ago")]
    [InlineData(1290, FindingRule.LifetimeOver, "ended 1,200 days ago")]
    [InlineData(-3, null, null)]
    public void The_end_of_a_lifetime_is_announced_and_reported(double age, string? rule, string? text)
    {
        CredentialFinding[] findings = Find(Credential(days: age), new KeyLifetimes([new("*", 90)]));
        Assert.Equal(rule is null ? [] : [rule], findings.Select(static finding => finding.Rule));
        Assert.All(findings, finding => TextAssert.StartsWith(
            $"The lifetime of the keys (90 days) {text}. Last changed on ", finding.Message));
    }

    [Theory]
    [InlineData("BINANCE", FindingRule.LifetimeOver)]
    [InlineData("binance", FindingRule.LifetimeOver)]
    [InlineData("BINANCE_UAT", FindingRule.Stale)]
    [InlineData(null, FindingRule.Stale)]
    public void A_venue_without_a_lifetime_becomes_stale(string? venue, string rule) =>
        Assert.Equal(
            rule,
            Assert.Single(Find(Credential(venue: venue, days: 100), new KeyLifetimes([new("BINANCE", 10)]))).Rule);

    [Fact]
    public void The_lifetime_of_a_venue_has_precedence_over_the_one_of_all_others()
    {
        var lifetimes = new KeyLifetimes([new("*", 10), new("BINANCE", 400)]);
        Assert.Empty(Find(Credential(days: 100), lifetimes));
        Assert.Equal(
            FindingRule.LifetimeOver,
            Assert.Single(Find(Credential(venue: "OKX", days: 100), lifetimes)).Rule);
    }

    [Fact]
    public void The_age_starts_at_the_rotation_that_a_journal_records()
    {
        CadenzaCredential credential = Credential(days: 2);
        var rotations = new Dictionary<string, DateTimeOffset> { ["id-1"] = Now.AddDays(-95), ["id-2"] = Now };
        CredentialFinding finding = Assert.Single(Find(credential, new KeyLifetimes([new("*", 90)]), rotations));
        Assert.Equal((95, AgeSource.Rotation), (finding.AgeDays, finding.AgeSource));
        TextAssert.Contains("Last rotated on 2026-08-18 (95 days ago), as a journal records.", finding.Message);
        Assert.Equal(AgeSource.Rotation, Assert.Single(Find(credential, null, rotations)).AgeSource);
    }

    [Fact]
    public void The_days_of_the_warning_can_be_set()
    {
        CredentialFinding[] findings = Find(Credential(days: 50), new KeyLifetimes([new("*", 90)]), warningDays: 40);
        Assert.Equal(FindingRule.LifetimeEnds, Assert.Single(findings).Rule);
    }

    [Fact]
    public void A_lifetime_below_one_day_is_rejected() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => new KeyLifetimes([new("OKX", 0)]));

    [Theory]
    [InlineData("*", 90, "Key lifetime</dt><dd><bdi>90 days</bdi>", false)]
    [InlineData("OKX", 1, "Key lifetime</dt><dd><bdi>OKX 1 day</bdi>", true)]
    public void The_report_says_which_limit_applies(string venue, int days, string expected, bool hasStale)
    {
        AuditOptions options = CreateOptions(lifetimes: new KeyLifetimes([new(venue, days)]));
        string html = SampleInventory.Report(CredentialAudit.Run([Credential()], [Uses], options));
        TextAssert.Contains(expected, html);
        Assert.Equal(hasStale, html.Contains("<dt>Stale after</dt>", StringComparison.Ordinal));
        Assert.Equal(!hasStale, html.Contains("rotation due: 90 days", StringComparison.Ordinal));
    }

    [Fact]
    public void The_report_says_what_the_ages_are_counted_from()
    {
        var rotations = new Dictionary<string, DateTimeOffset> { ["id-1"] = SampleInventory.Now.AddDays(-1) };
        AuditResult result = CredentialAudit.Run(
            [Credential(), Credential("id-2"), Credential("id-3")],
            null,
            CreateOptions(rotations: rotations));
        string html = SampleInventory.Report(result);
        TextAssert.Contains(
            "The age is counted from the last rotation that a journal records, for 1 credential; from the last change, "
                + "which is not necessarily a rotation, for 2 credentials.",
            html);
        Assert.Single(Regex.Matches(html, "1 <span class=\"time\">since rotation</span>"));
        TextAssert.DoesNotContain("creation, for", html);
    }

    [Fact]
    public void The_command_for_all_findings_audits_in_the_same_way()
    {
        var commands = new FixCommands(
            90, new KeyLifetimes([new("*", 180), new("OKX", 60), new("O'X", 5)]), 30, "/tmp/a b's.jsonl");
        TextAssert.StartsWith(
            "Get-CadenzaCredentialFinding -KeyLifetimeDays @{ 'O''X' = 5; 'OKX' = 60; '*' = 180 } "
                + "-LifetimeWarningDays 30 -JournalPath '/tmp/a b''s.jsonl' | Where-Object Rule -EQ 'LifetimeOver' | ",
            commands.ForAll(FindingRule.LifetimeOver));
        TextAssert.StartsWith(
            "Get-CadenzaCredentialFinding -KeyLifetimeDays 90 | ",
            new FixCommands(90, new KeyLifetimes([new("*", 90)])).ForAll(FindingRule.LifetimeEnds));
    }

    private static CredentialFinding[] Find(
        CadenzaCredential credential,
        KeyLifetimes? lifetimes,
        IReadOnlyDictionary<string, DateTimeOffset>? rotations = null,
        int warningDays = AuditOptions.DefaultLifetimeWarningDays)
    {
        AuditOptions options = CreateOptions(lifetimes: lifetimes, rotations: rotations, warningDays: warningDays);
        return [.. CredentialAudit.Run([credential], [Uses], options).Findings];
    }
}
