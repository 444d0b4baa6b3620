using System;
using System.Linq;
using Cadenza.Audit.Rules;

namespace Cadenza.Audit.Report;

/// <summary>The findings in a summary: by rule, and those of high severity by name, without commands.</summary>
internal static class UrgentSection
{
    /// <summary>The maximum number of findings that are listed.</summary>
    public const int MaxListed = 20;

    public static void Write(HtmlWriter html, AuditResult result, InventorySummary summary)
    {
        html.WriteMarkup("<section class=\"findings\" aria-labelledby=\"findings\">\n");
        html.WriteMarkup("<h2 id=\"findings\">Findings</h2>\n");
        WriteRules(html, summary);
        WriteUrgent(html, result);
        html.WriteMarkup("</section>\n");
    }

    private static void WriteRules(HtmlWriter html, InventorySummary summary)
    {
        html.WriteMarkup("<div class=\"panel\">\n");
        if (RuleDescription.All.All(rule => summary.FindingsOf(rule.Rule).Count == 0))
        {
            html.WriteMarkup("<p>No findings.</p>\n</div>\n");
            return;
        }

        html.WriteMarkup("""
            <table class="figures rules">
            <caption class="visually-hidden">Rules with findings</caption>
            <thead><tr><th scope="col">Rule</th><th scope="col">Meaning</th><th scope="col">Severity</th>
            <th scope="col" class="number">Findings</th></tr></thead>
            <tbody>

            """);
        foreach (RuleDescription rule in RuleDescription.All)
        {
            if (summary.FindingsOf(rule.Rule) is { Count: > 0 } findings)
            {
                html.Write($"<tr><th scope=\"row\" id=\"rule-{rule.Rule}\">{rule.Title}</th><td>{rule.Meaning}</td>");
                html.Write($"<td>{SeverityBadge.Create(rule.Severity)}</td>");
                html.Write($"<td class=\"number\">{findings.Count}</td></tr>\n");
            }
        }

        html.WriteMarkup("</tbody></table>\n</div>\n");
    }

    private static void WriteUrgent(HtmlWriter html, AuditResult result)
    {
        int count = result.Findings.Count(static finding => finding.Severity == FindingSeverity.High);
        if (count == 0)
        {
            return;
        }

        html.WriteMarkup("<section class=\"panel\" aria-labelledby=\"urgent\">\n");
        html.WriteMarkup("<h3 id=\"urgent\">High severity</h3>\n<ul class=\"finding-list\">\n");
        foreach (CredentialFinding finding in result.Findings.Take(Math.Min(count, MaxListed)))
        {
            html.WriteMarkup("<li><p class=\"identity\">");
            NicknameText.Write(html, finding.Nickname);
            html.Write($" <span class=\"venue\"><bdi>{finding.Venue}</bdi></span></p><p>{finding.Message}</p></li>\n");
        }

        html.WriteMarkup("</ul>\n");
        if (count > MaxListed)
        {
            html.Write($"<p>This list shows the first {MaxListed} of {Quantity.Format(count, "finding")}.</p>\n");
        }

        html.WriteMarkup("</section>\n");
    }
}
