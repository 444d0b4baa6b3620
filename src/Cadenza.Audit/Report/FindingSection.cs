using System.Collections.Generic;
using System.Linq;

namespace Cadenza.Audit.Report;

/// <summary>The findings, rule by rule, each with the line that mends it.</summary>
internal static class FindingSection
{
    /// <summary>How many findings of one rule are spelled out.</summary>
    public const int MaxPerRule = 200;

    /// <summary>How many of them are shown before the reader asks for the rest.</summary>
    private const int MaxOpen = 5;

    public static void Write(HtmlWriter html, AuditResult result, InventorySummary inventory, ReportHeader header)
    {
        html.WriteMarkup("<section class=\"findings\" aria-labelledby=\"findings\">\n<h2 id=\"findings\">Findings</h2>\n");
        WriteOverview(html, result, inventory);
        foreach (RuleText rule in RuleText.All)
        {
            if (inventory.FindingsOf(rule.Rule) is { Count: > 0 } findings)
            {
                WriteRule(html, rule, findings, header);
            }
        }

        html.WriteMarkup("</section>\n");
    }

    /// <summary>Every rule, those that found nothing as well: an auditor wants to see what was looked for.</summary>
    private static void WriteOverview(HtmlWriter html, AuditResult result, InventorySummary inventory)
    {
        html.WriteMarkup("""
            <div class="panel">
            <table class="figures checks"><caption class="hidden">What was looked for, and how much of it was found</caption>
            <thead><tr><th scope="col">Rule</th><th scope="col" class="looked">What is looked for</th><th scope="col">Severity</th><th scope="col" class="number">Findings</th></tr></thead>
            <tbody>

            """);
        foreach (RuleText rule in RuleText.All)
        {
            int count = inventory.FindingsOf(rule.Rule).Count;
            html.WriteMarkup("<tr><th scope=\"row\">");
            if (count > 0)
            {
                html.Write($"<a href=\"#rule-{rule.Rule}\">{rule.Title}</a>");
            }
            else
            {
                html.Write($"{rule.Title}");
            }

            html.Write($"</th><td class=\"looked\">{rule.ConditionFor(result.Options)}</td><td>{Badge(rule.Severity)}</td><td class=\"number\">");
            html.Write($"{Outcome(result, rule, count)}</td></tr>\n");
        }

        html.WriteMarkup("</tbody></table>\n</div>\n");
    }

    private static string Outcome(AuditResult result, RuleText rule, int count)
    {
        if (!result.IsEvaluated(rule.Rule))
        {
            return "not judged";
        }

        return count == 0 ? "none" : count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void WriteRule(HtmlWriter html, RuleText rule, IReadOnlyList<CredentialFinding> findings, ReportHeader header)
    {
        html.Write($"""
            <section class="panel rule" aria-labelledby="rule-{rule.Rule}">
            <h3 id="rule-{rule.Rule}" tabindex="-1">{rule.Title} {Badge(rule.Severity)} <span class="total">{findings.Count}</span> <code>{rule.Rule}</code></h3>
            <p>{rule.Meaning}</p>
            <p><strong>What to do:</strong> {rule.Remedy}</p>

            """);
        if (findings.Count > 1)
        {
            html.Write($"<p class=\"all\">All {findings.Count}, one after the other:</p>\n");
            WriteLine(html, rule.ForAll(header.FindingCommand));
        }

        WriteList(html, findings.Take(MaxOpen));
        int shown = findings.Count < MaxPerRule ? findings.Count : MaxPerRule;
        if (shown > MaxOpen)
        {
            html.Write($"<details class=\"more\"><summary>{(findings.Count > shown ? "The next" : "The other")} {shown - MaxOpen}</summary>\n");
            WriteList(html, findings.Skip(MaxOpen).Take(MaxPerRule - MaxOpen));
            html.WriteMarkup("</details>\n");
        }

        if (findings.Count > shown)
        {
            html.Write($"<p class=\"left\">And {findings.Count - shown} more, in the <a href=\"#credentials\" data-rule=\"{rule.Rule}\">table</a>. The line above goes through all of them.</p>\n");
        }

        html.WriteMarkup("</section>\n");
    }

    private static void WriteList(HtmlWriter html, IEnumerable<CredentialFinding> findings)
    {
        html.WriteMarkup("<ul class=\"list\">\n");
        foreach (CredentialFinding finding in findings)
        {
            html.WriteMarkup("<li><p class=\"who\">");
            if (string.IsNullOrWhiteSpace(finding.Nickname))
            {
                html.WriteMarkup("<span class=\"none\">no nickname</span>");
            }
            else
            {
                html.Write($"<strong><bdi>{finding.Nickname}</bdi></strong>");
            }

            html.Write($" <span class=\"venue\"><bdi>{finding.Venue}</bdi></span> <code class=\"id\">{finding.CredentialId}</code></p><p>{finding.Message}</p>");
            WriteLine(html, finding.Fix);
            html.WriteMarkup("</li>\n");
        }

        html.WriteMarkup("</ul>\n");
    }

    /// <summary>Names of commands and parameters are kept from being broken at their hyphens; the text stays as it is.</summary>
    private static void WriteLine(HtmlWriter html, string line)
    {
        html.WriteMarkup("<div class=\"line\"><code>");
        string separator = "";
        foreach (string word in line.Split(' '))
        {
            html.WriteMarkup(separator);
            if (IsName(word))
            {
                html.Write($"<span>{word}</span>");
            }
            else
            {
                html.WriteText(word);
            }

            separator = " ";
        }

        html.WriteMarkup("</code></div>");
    }

    private static bool IsName(string word) =>
        word.Length is > 1 and <= 32 && word.IndexOf('-') >= 0 && word.All(static c => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '-' or '(' or ')');

    private static Markup Badge(FindingSeverity severity) => new($"<span class=\"badge {Severity.ClassOf(severity)}\">{severity}</span>");
}
