using System.Text.RegularExpressions;
using static Cadenza.Audit.Tests.Support.SampleInventory;

namespace Cadenza.Audit.Tests;

/// <summary>The parts of a report that the caller chooses.</summary>
public sealed class ReportContentTests
{
    private const string Server = "cadenza-api.example.test";
    private static readonly DateTimeOffset Since = SampleInventory.Now.AddDays(-1);

    [Fact]
    public void Changes_are_counted_and_listed()
    {
        string html = Report(
            Since,
            new("StatusChanged", "OKX", "desk <1>", "id-1", "VERIFIED", "FAILED"),
            new("KeysRotated", "OKX", null, "id-2", null, null),
            new("StatusChanged", "OKX", "desk 3", "id-3", "FAILED", "VERIFIED"));
        TextAssert.Contains(
            $"<p>3 changes since 2026-11-20 12:00 UTC on {Server}: status changed (2), keys rotated (1).</p>", html);
        TextAssert.Contains(
            "<th scope=\"row\"><bdi>desk &lt;1&gt;</bdi></th><td>OKX</td><td>Status changed</td>"
                + "<td><bdi>VERIFIED</bdi></td><td><bdi>FAILED</bdi></td><td><code>id-1</code></td>",
            html);
    }

    [Fact]
    public void At_most_two_hundred_changes_are_listed()
    {
        string html = Report(Since, [.. Enumerable.Range(0, 201).Select(static i => Change($"id-{i}"))]);
        Assert.Equal(200, Regex.Count(html, "<td>Renamed</td>"));
        TextAssert.Contains("This list shows the first 200 of 201 changes.", html);
    }

    [Fact]
    public void A_report_without_changes_says_so() => TextAssert.Contains(
        $"Nothing has changed since 2026-11-20 12:00 UTC on {Server}.", Report(Since));

    [Fact]
    public void The_first_report_has_nothing_to_compare_with() => TextAssert.Contains(
        $"This is the first report with this state file, for {Server}.", Report(null));

    [Fact]
    public void An_incomplete_list_is_not_compared() => TextAssert.Contains(
        "The list of credentials is incomplete, so it was not compared with the last report.",
        Write(new ReportChanges(Server, Since, null)));

    [Fact]
    public void Without_a_state_the_report_has_no_such_section() =>
        TextAssert.DoesNotContain("Since the last report", Write(null));

    [Fact]
    public void A_summary_has_no_commands_and_no_table_of_all_credentials()
    {
        AuditResult result = SampleInventory.Audit(300, 100);
        string html = SampleInventory.Report(result, CreateHeader(null, isSummary: true));
        TextAssert.DoesNotContain("<div class=\"command\">", html);
        Assert.DoesNotMatch("(Get|Test|Update|Revoke|New)-Cadenza", html);
        TextAssert.DoesNotContain("id=\"data\"", html);
        TextAssert.DoesNotContain(result.Findings[0].CredentialId, html);
        TextAssert.Contains("Credential summary</h1>", html);
        int high = result.Findings.Count(static finding => finding.Severity == FindingSeverity.High);
        TextAssert.Contains($"the first 20 of {high} findings.", html);
        Assert.Equal(20, Regex.Count(html, "<li><p class=\"identity\">"));
    }

    [Fact]
    public void The_links_of_a_summary_have_targets()
    {
        string html = SampleInventory.Report(
            SampleInventory.AuditWithLifetimes(300, 100), CreateHeader(null, isSummary: true));
        MatchCollection links = Regex.Matches(html, "href=\"#([^\"]+)\"");
        Assert.True(links.Count > 3);
        Assert.All(links, link => TextAssert.Contains($"id=\"{link.Groups[1].Value}\"", html));
    }

    [Theory]
    [InlineData(false, "No findings in 1 credential.")]
    [InlineData(true, "<p>No findings.</p>")]
    public void A_report_without_findings_says_so(bool isSummary, string expected)
    {
        AuditResult result = SampleInventory.Audit([Credential()], [Account("book 1", "id-1")]);
        Assert.Empty(result.Findings);
        TextAssert.Contains(expected, SampleInventory.Report(result, CreateHeader(null, isSummary)));
    }

    [Fact]
    public void Credentials_without_a_venue_are_counted()
    {
        AuditResult result = SampleInventory.Audit([Credential(venue: null), Credential("id-2")], []);
        TextAssert.Contains(
            "<th scope=\"row\"><span class=\"missing\">no venue</span>", SampleInventory.Report(result));
    }

    private static ReportedChange Change(string id) => new("Renamed", "OKX", "new", id, "old", "new");

    private static string Report(DateTimeOffset? since, params ReportedChange[] changes) =>
        Write(new ReportChanges(Server, since, changes));

    private static string Write(ReportChanges? changes) => SampleInventory.Report(
        SampleInventory.Audit([Credential()], []), CreateHeader(changes));
}
