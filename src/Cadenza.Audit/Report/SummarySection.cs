using System.Linq;

namespace Cadenza.Audit.Report;

/// <summary>The top of a report: what, where, when, by whom, and the totals.</summary>
internal static class SummarySection
{
    public static void Write(HtmlWriter html, AuditResult result, InventorySummary inventory, ReportHeader header)
    {
        WriteHeader(html, result, header);
        WriteNotes(html, result, header);
        WriteTiles(html, result, inventory);
    }

    private static void WriteHeader(HtmlWriter html, AuditResult result, ReportHeader header)
    {
        html.WriteMarkup("<header>\n<p class=\"product\">Cadenza</p>\n<h1>Credential audit</h1>\n<dl class=\"facts\">\n");
        WriteFact(html, "Environment", header.Environment);
        WriteFact(html, "Host", header.Host);
        WriteFact(html, "Read as", header.User);
        html.Write($"<div><dt>Generated</dt><dd>{header.GeneratedAt} UTC</dd></div>\n");
        html.Write($"<div><dt>Rotation due</dt><dd>after {result.Options.StaleAfterDays} days</dd></div>\n");
        html.WriteMarkup("<div><dt>Trading accounts</dt><dd>");
        if (result.Accounts is null)
        {
            html.WriteMarkup("not known");
        }
        else
        {
            html.Write($"{result.Accounts.Count}");
        }

        html.WriteMarkup("</dd></div>\n</dl>\n</header>\n<main id=\"main\" tabindex=\"-1\">\n");
    }

    private static void WriteFact(HtmlWriter html, string name, string? value)
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
            html.WriteMarkup(
                "<p class=\"note\"><strong>Note:</strong> The list of trading accounts could not be had. Which credentials are unused, and which are "
                + "revoked but still in use, was not judged.</p>\n");
        }
    }

    private static void WriteTiles(HtmlWriter html, AuditResult result, InventorySummary inventory)
    {
        html.WriteMarkup("<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">Summary</h2>\n");
        WriteVerdict(html, result);
        html.WriteMarkup("<dl class=\"tiles\">\n");
        html.Write($"<div class=\"tile\"><dt>Credentials</dt><dd>{inventory.Total}</dd></div>\n");
        html.Write($"<div class=\"tile\"><dt>Live</dt><dd>{inventory.Live}</dd></div>\n");
        int broken = inventory.FindingsOf(FindingRule.Failed).Count + inventory.FindingsOf(FindingRule.Expired).Count;
        string first = inventory.FindingsOf(FindingRule.Failed).Count > 0 ? FindingRule.Failed : FindingRule.Expired;
        WriteTile(html, "Failed or expired", FindingSeverity.High, first, broken);
        WriteTile(html, "Not rotated", FindingSeverity.Medium, FindingRule.Stale, inventory.FindingsOf(FindingRule.Stale).Count);
        WriteTile(html, "Unused", FindingSeverity.Medium, FindingRule.Unused, result.Accounts is null ? null : inventory.FindingsOf(FindingRule.Unused).Count);
        html.Write($"<div class=\"tile\"><dt>Revoked</dt><dd>{inventory.Revoked}</dd></div>\n");
        html.WriteMarkup("</dl>\n</section>\n");
    }

    private static void WriteVerdict(HtmlWriter html, AuditResult result)
    {
        if (result.Findings.Count == 0)
        {
            html.WriteMarkup("<p class=\"verdict\">Nothing was found that somebody should see to.</p>\n");
            return;
        }

        int high = result.Findings.Count(static finding => finding.Severity == FindingSeverity.High);
        int medium = result.Findings.Count(static finding => finding.Severity == FindingSeverity.Medium);
        int credentials = result.Rows.Count(static row => row.Findings.Count > 0);
        html.Write($"<p class=\"verdict\"><strong>{result.Findings.Count} {Plural(result.Findings.Count, "finding")}</strong> ");
        html.Write($"on {credentials} of {result.Rows.Count} {Plural(result.Rows.Count, "credential")}: ");
        html.Write($"{high} high, {medium} medium, {result.Findings.Count - high - medium} low.</p>\n");
    }

    /// <summary>A total that leads to its findings; null where it was not judged.</summary>
    private static void WriteTile(HtmlWriter html, string title, FindingSeverity severity, string rule, int? count)
    {
        if (count is not int known)
        {
            html.Write($"<div class=\"tile\"><dt>{title}</dt><dd class=\"unjudged\">not judged</dd></div>\n");
        }
        else if (known == 0)
        {
            html.Write($"<div class=\"tile\"><dt>{title}</dt><dd>0</dd></div>\n");
        }
        else
        {
            html.Write($"<div class=\"tile {Severity.ClassOf(severity)}\"><dt><a href=\"#rule-{rule}\">{title}</a></dt><dd>{known}</dd></div>\n");
        }
    }

    private static string Plural(int count, string word) => count == 1 ? word : word + "s";
}

/// <summary>The class names of severities: a closed set, unlike the words of the server.</summary>
internal static class Severity
{
    public static string ClassOf(FindingSeverity severity) => severity switch
    {
        FindingSeverity.High => "high",
        FindingSeverity.Medium => "medium",
        _ => "low",
    };
}
