using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Audit.Rules;

namespace Cadenza.Audit.Report;

/// <summary>The findings by rule, each with the command that corrects it.</summary>
internal static class FindingSection
{
    /// <summary>The maximum number of findings of one rule that are listed.</summary>
    public const int MaxListed = 200;

    /// <summary>The number of findings of one rule that are visible without expanding the list.</summary>
    private const int MaxExpanded = 5;

    public static void Write(HtmlWriter html, AuditResult result, InventorySummary summary)
    {
        html.WriteMarkup("<section class=\"findings\" aria-labelledby=\"findings\">\n");
        html.WriteMarkup("<h2 id=\"findings\">Findings</h2>\n");
        WriteOverview(html, result, summary);
        foreach (RuleDescription rule in RuleDescription.All)
        {
            if (summary.FindingsOf(rule.Rule) is { Count: > 0 } findings)
            {
                WriteRule(html, rule, findings, result.Options.FixCommands);
            }
        }

        html.WriteMarkup("</section>\n");
    }

    /// <summary>All rules, including those without findings: the reader sees what was checked.</summary>
    private static void WriteOverview(HtmlWriter html, AuditResult result, InventorySummary summary)
    {
        html.WriteMarkup("""
            <div class="panel">
            <table class="figures rules">
            <caption class="visually-hidden">Rules and the number of their findings</caption>
            <thead><tr><th scope="col">Rule</th><th scope="col" class="condition">Condition</th>
            <th scope="col">Severity</th><th scope="col" class="number">Findings</th></tr></thead>
            <tbody>

            """);
        foreach (RuleDescription rule in RuleDescription.All)
        {
            int count = summary.FindingsOf(rule.Rule).Count;
            html.WriteMarkup("<tr><th scope=\"row\">");
            if (count > 0)
            {
                html.Write($"<a href=\"#rule-{rule.Rule}\">{rule.Title}</a>");
            }
            else
            {
                html.Write($"{rule.Title}");
            }

            string outcome = result.IsEvaluated(rule.Rule) ? Quantity.Format(count) : "not evaluated";
            html.Write($"</th><td class=\"condition\">{rule.ConditionFor(result.Options)}</td>");
            html.Write($"<td>{SeverityBadge.Create(rule.Severity)}</td><td class=\"number\">{outcome}</td></tr>\n");
        }

        html.WriteMarkup("</tbody></table>\n</div>\n");
    }

    private static void WriteRule(
        HtmlWriter html, RuleDescription rule, IReadOnlyList<CredentialFinding> findings, IFixCommands fixCommands)
    {
        html.Write($"""
            <section class="panel rule" aria-labelledby="rule-{rule.Rule}">
            <h3 id="rule-{rule.Rule}" tabindex="-1">{rule.Title} {SeverityBadge.Create(rule.Severity)}
            <span class="total">{Quantity.Format(findings.Count, "finding")}</span> <code>{fixCommands.SelectorOf(rule.Rule)}</code></h3>
            <p>{rule.Meaning}</p>
            <p><strong>Recommendation:</strong> {rule.Recommendation}</p>

            """);
        if (findings.Count > 1)
        {
            html.WriteMarkup("<p class=\"command-label\">Command for all ");
            html.Write($"{Quantity.Format(findings.Count, "finding")}:</p>\n");
            WriteCommand(html, fixCommands.ForAll(rule.Rule));
        }

        WriteList(html, findings.Take(MaxExpanded));
        int listed = Math.Min(findings.Count, MaxListed);
        if (listed > MaxExpanded)
        {
            html.WriteMarkup("<details class=\"more-findings\">");
            html.Write($"<summary>Show {Quantity.Format(listed - MaxExpanded, "more finding")}</summary>\n");
            WriteList(html, findings.Skip(MaxExpanded).Take(MaxListed - MaxExpanded));
            html.WriteMarkup("</details>\n");
        }

        if (findings.Count > listed)
        {
            html.Write($"<p>This list shows the first {listed} of {Quantity.Format(findings.Count, "finding")}. ");
            html.Write($"The <a href=\"#credentials\" data-rule=\"{rule.Rule}\">table of all credentials</a> ");
            html.WriteMarkup("shows the others. The command above includes them.</p>\n");
        }

        html.WriteMarkup("</section>\n");
    }

    private static void WriteList(HtmlWriter html, IEnumerable<CredentialFinding> findings)
    {
        html.WriteMarkup("<ul class=\"finding-list\">\n");
        foreach (CredentialFinding finding in findings)
        {
            html.WriteMarkup("<li><p class=\"identity\">");
            NicknameText.Write(html, finding.Nickname);
            html.Write($" <span class=\"venue\"><bdi>{finding.Venue}</bdi></span> ");
            html.Write($"<code class=\"id\">{finding.CredentialId}</code></p>");
            html.Write($"<p>{finding.Message}</p>");
            WriteCommand(html, finding.Fix);
            html.WriteMarkup("</li>\n");
        }

        html.WriteMarkup("</ul>\n");
    }

    /// <summary>Writes a command. The style sheet prevents line breaks at the hyphens of the marked names.</summary>
    private static void WriteCommand(HtmlWriter html, string command)
    {
        html.WriteMarkup("<div class=\"command\"><code>");
        string separator = "";
        foreach (string word in command.Split(' '))
        {
            html.WriteMarkup(separator);
            if (IsHyphenatedName(word))
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

    private static bool IsHyphenatedName(string word) => word.Length is > 1 and <= 32
        && word.IndexOf('-') >= 0
        && word.All(static c => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '-' or '(' or ')');
}
