using System.Collections.Generic;
using System.Linq;
using Cadenza.Audit.Rules;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Report;

/// <summary>The header of a report, its notes, and the totals.</summary>
internal static class SummarySection
{
    public static void Write(HtmlWriter html, AuditResult result, InventorySummary summary, ReportHeader header)
    {
        WriteHeader(html, result, header);
        WriteNotes(html, result, header);
        html.WriteMarkup("<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">Summary</h2>\n");
        WriteFindingCounts(html, result);
        WriteTiles(html, result, summary);
        html.WriteMarkup("</section>\n");
    }

    private static void WriteHeader(HtmlWriter html, AuditResult result, ReportHeader header)
    {
        html.WriteMarkup("<header>\n<p class=\"product\">Cadenza</p>\n");
        html.Write($"<h1>{(header.IsSummary ? "Credential summary" : "Credential audit")}</h1>\n");
        html.WriteMarkup("<dl class=\"metadata\">\n");
        WriteMetadata(html, "Environment", header.Environment);
        WriteMetadata(html, "Host", header.Host);
        WriteMetadata(html, "User", header.User);
        WriteMetadata(html, "Generated", UtcTime.FormatMinute(header.GeneratedAt) + " UTC");
        if (result.Options.Lifetimes is KeyLifetimes lifetimes)
        {
            WriteMetadata(html, "Key lifetime", LifetimeText.Format(lifetimes));
        }

        if (result.Options.Lifetimes?.CoversAll != true)
        {
            WriteMetadata(html, "Stale after", Quantity.Format(result.Options.StaleAfterDays, "day"));
        }

        string accounts = result.Accounts is null ? "not available" : Quantity.Format(result.Accounts.Count);
        WriteMetadata(html, "Trading accounts", accounts);
        html.WriteMarkup("</dl>\n</header>\n<main id=\"main\" tabindex=\"-1\">\n");
    }

    private static void WriteMetadata(HtmlWriter html, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            html.Write($"<div><dt>{name}</dt><dd><bdi>{value}</bdi></dd></div>\n");
        }
    }

    private static void WriteNotes(HtmlWriter html, AuditResult result, ReportHeader header)
    {
        foreach (string note in header.Notes)
        {
            html.Write($"<p class=\"note\"><strong>Note:</strong> {note}</p>\n");
        }

        if (result.Accounts is null)
        {
            IEnumerable<string> titles = RuleDescription.All
                .Where(static rule => FindingRule.RequiresAccounts(rule.Rule))
                .Select(static rule => $"“{rule.Title}”");
            string rules = string.Join(" and ", titles);
            html.WriteMarkup("<p class=\"note\"><strong>Note:</strong> The list of trading accounts is not ");
            html.Write($"available. The rules {rules} were not evaluated.</p>\n");
        }
    }

    private static void WriteFindingCounts(HtmlWriter html, AuditResult result)
    {
        if (result.Findings.Count == 0)
        {
            html.WriteMarkup("<p class=\"finding-counts\">No findings in ");
            html.Write($"{Quantity.Format(result.Rows.Count, "credential")}.</p>\n");
            return;
        }

        int high = result.Findings.Count(static finding => finding.Severity == FindingSeverity.High);
        int medium = result.Findings.Count(static finding => finding.Severity == FindingSeverity.Medium);
        int affected = result.Rows.Count(static row => row.Findings.Count > 0);
        html.WriteMarkup("<p class=\"finding-counts\">");
        html.Write($"<strong>{Quantity.Format(result.Findings.Count, "finding")}</strong> ");
        html.Write($"for {affected} of {Quantity.Format(result.Rows.Count, "credential")}: ");
        html.Write($"{high} high, {medium} medium, {result.Findings.Count - high - medium} low.</p>\n");
    }

    private static void WriteTiles(HtmlWriter html, AuditResult result, InventorySummary summary)
    {
        int failed = summary.FindingsOf(FindingRule.Failed).Count;
        int expired = summary.FindingsOf(FindingRule.Expired).Count;
        string firstRule = failed > 0 ? FindingRule.Failed : FindingRule.Expired;
        html.WriteMarkup("<dl class=\"tiles\">\n");
        html.Write($"<div class=\"tile\"><dt>Credentials</dt><dd>{summary.Total}</dd></div>\n");
        html.Write($"<div class=\"tile\"><dt>Not revoked</dt><dd>{summary.NotRevoked}</dd></div>\n");
        WriteTile(html, "Failed or expired", firstRule, failed + expired);
        WriteRotationTile(html, result, summary);
        WriteRuleTile(html, result, summary, FindingRule.Unused);
        html.Write($"<div class=\"tile\"><dt>Revoked</dt><dd>{summary.Revoked}</dd></div>\n");
        html.WriteMarkup("</dl>\n");
    }

    /// <summary>How many rotations are overdue, whether by a lifetime or by the age.</summary>
    private static void WriteRotationTile(HtmlWriter html, AuditResult result, InventorySummary summary)
    {
        int over = summary.FindingsOf(FindingRule.LifetimeOver).Count;
        int stale = summary.FindingsOf(FindingRule.Stale).Count;
        if (result.Options.Lifetimes is null)
        {
            WriteRuleTile(html, result, summary, FindingRule.Stale);
        }
        else
        {
            WriteTile(html, "Rotation due", over > 0 ? FindingRule.LifetimeOver : FindingRule.Stale, over + stale);
        }
    }

    private static void WriteRuleTile(HtmlWriter html, AuditResult result, InventorySummary summary, string rule)
    {
        string title = RuleDescription.Of(rule).Title;
        if (result.IsEvaluated(rule))
        {
            WriteTile(html, title, rule, summary.FindingsOf(rule).Count);
        }
        else
        {
            html.Write($"<div class=\"tile\"><dt>{title}</dt><dd class=\"not-evaluated\">not evaluated</dd></div>\n");
        }
    }

    /// <summary>A total with a link to its findings.</summary>
    private static void WriteTile(HtmlWriter html, string title, string rule, int count)
    {
        if (count == 0)
        {
            html.Write($"<div class=\"tile\"><dt>{title}</dt><dd>0</dd></div>\n");
            return;
        }

        html.Write($"<div class=\"tile {SeverityBadge.ClassOf(FindingRule.SeverityOf(rule))}\">");
        html.Write($"<dt><a href=\"#rule-{rule}\">{title}</a></dt><dd>{count}</dd></div>\n");
    }
}
