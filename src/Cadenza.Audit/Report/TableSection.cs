using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cadenza.Audit.Rules;

namespace Cadenza.Audit.Report;

/// <summary>
/// The table of all credentials. The first rows are HTML, which is readable without JavaScript. All rows are JSON data,
/// from which the script creates the rows on demand, so that a large inventory opens quickly.
/// </summary>
internal static class TableSection
{
    /// <summary>The number of rows in HTML, and the number of rows that the script shows at a time.</summary>
    public const int StaticRows = 500;

    private static readonly IReadOnlyList<(string Title, string ClassName)> Columns =
    [
        ("Nickname", ""), ("Venue", ""), ("Type", ""), ("Status", ""), ("ID", ""), ("Created", ""),
        ("Last changed", ""), ("Age (days)", "number"), ("Accounts", ""), ("Findings", ""),
    ];

    public static void Write(HtmlWriter html, Stream stream, AuditResult result)
    {
        var values = new ColumnValues(result.Rows);
        html.WriteMarkup("<section class=\"panel\" aria-labelledby=\"credentials\">\n");
        html.WriteMarkup("<h2 id=\"credentials\" tabindex=\"-1\">All credentials</h2>\n");
        WriteFilters(html, result, values);
        int shown = Math.Min(StaticRows, result.Rows.Count);
        html.WriteMarkup("<p id=\"row-count\" class=\"small\" role=\"status\">");
        html.Write($"Showing {shown} of {Quantity.Format(result.Rows.Count, "credential")}.</p>\n");
        WriteTable(html, result);
        html.WriteMarkup("<p id=\"more-rows\" class=\"more-rows\" hidden></p>\n");
        html.WriteMarkup("<p id=\"print-note\" class=\"print-note\" hidden></p>\n");
        if (result.Rows.Count > StaticRows)
        {
            html.Write($"<noscript><p class=\"note\">Without JavaScript, this table shows the first {StaticRows} of ");
            html.Write($"{result.Rows.Count} credentials.</p></noscript>\n");
        }

        html.WriteMarkup("<script id=\"data\" type=\"application/json\">");
        html.Flush();
        TableData.Write(stream, result, values);
        html.WriteMarkup("</script>\n</section>\n");
    }

    private static void WriteTable(HtmlWriter html, AuditResult result)
    {
        html.WriteMarkup("<div class=\"scroll limited-height\" role=\"group\" ");
        html.WriteMarkup("aria-labelledby=\"credentials\" tabindex=\"0\">\n");
        html.WriteMarkup("<table id=\"table\" class=\"credentials\">\n");
        html.WriteMarkup("<caption class=\"visually-hidden\">All credentials, by venue and nickname</caption>\n");
        html.WriteMarkup("<thead><tr>");
        foreach ((string title, string className) in Columns)
        {
            var attribute = new Markup(className.Length == 0 ? "" : $" class=\"{className}\"");
            html.Write($"<th scope=\"col\"{attribute}>{title}</th>");
        }

        html.WriteMarkup("</tr></thead>\n<tbody>\n");
        foreach (AuditedCredential row in result.Rows.Take(StaticRows))
        {
            TableRow.Write(html, row, result.Accounts is not null);
        }

        html.WriteMarkup("</tbody>\n</table>\n</div>\n");
    }

    private static void WriteFilters(HtmlWriter html, AuditResult result, ColumnValues values)
    {
        html.WriteMarkup("""
            <form id="filters" class="filters" role="search" aria-label="Filter the table" hidden>
            <div class="search"><label for="text">Search</label>
            <input id="text" type="search" autocomplete="off" spellcheck="false"
            placeholder="Nickname, ID, account…"></div>
            <div><label for="venue">Venue</label><select id="venue"><option value="">All venues</option>
            """);
        WriteOptions(html, values.Venues);
        html.WriteMarkup("</select></div>\n<div><label for=\"status\">Status</label><select id=\"status\">");
        html.WriteMarkup("<option value=\"\">All statuses</option>");
        WriteOptions(html, values.Statuses);
        html.WriteMarkup("</select></div>\n<div><label for=\"finding\">Findings</label><select id=\"finding\">");
        html.WriteMarkup("<option value=\"\">With or without findings</option>");
        html.WriteMarkup("<option value=\"any\">With findings</option>");
        foreach (RuleDescription rule in RuleDescription.All.Where(rule => result.IsEvaluated(rule.Rule)))
        {
            html.Write($"<option value=\"{rule.Rule}\">{rule.Title}</option>");
        }

        html.WriteMarkup("</select></div>\n<div><button type=\"reset\">Reset</button></div>\n</form>\n");
    }

    private static void WriteOptions(HtmlWriter html, ValueIndex index)
    {
        for (int i = 0; i < index.Values.Count; i++)
        {
            // As double, because int is formatted with group separators.
            html.Write($"<option value=\"{(double)i}\">{index.Values[i]}</option>");
        }
    }
}
