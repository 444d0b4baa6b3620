using System.Linq;

namespace Cadenza.Audit;

/// <summary>The top of a report: what, where, when, by whom, and the totals.</summary>
internal static class SummarySection
{
    public static void Write(HtmlWriter html, AuditResult result, FleetSummary fleet, ReportHeader header)
    {
        html.WriteMarkup("<header>\n<p class=\"product\">Cadenza</p>\n<h1>Credential audit</h1>\n<dl class=\"facts\">\n");
        WriteFact(html, "Environment", header.Environment);
        WriteFact(html, "Host", header.Host);
        WriteFact(html, "Read as", header.User);
        html.Write($"<div><dt>Generated</dt><dd>{header.GeneratedAt} UTC</dd></div>\n");
        html.Write($"<div><dt>Rotation due after</dt><dd>{result.Options.StaleAfterDays} days</dd></div>\n");
        html.WriteMarkup("<div><dt>Trading accounts</dt><dd>");
        html.Write(result.Accounts is null ? $"not known" : (HtmlInterpolationText)$"{result.Accounts.Count}");
        html.WriteMarkup("</dd></div>\n</dl>\n</header>\n<main id=\"main\" tabindex=\"-1\">\n");
    }
}
