using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cadenza.Audit.Rules;

namespace Cadenza.Audit.Report;

/// <summary>
/// The table of all credentials. Its first rows are HTML, for readers without script; all of them are JSON, from which the script shows as
/// many as are asked for. So a fleet of any size opens at once.
/// </summary>
internal static class TableSection
{
    /// <summary>How many rows are HTML; the script shows as many at first, and so many more at a time.</summary>
    public const int StaticRows = 500;

    private static readonly IReadOnlyList<(string Title, string ClassName)> Columns =
    [
        ("Nickname", ""), ("Venue", ""), ("Type", ""), ("Status", ""), ("Id", ""), ("Created", ""), ("Last changed", ""), ("Days", "number"),
        ("Accounts", ""), ("Findings", ""),
    ];

    public static void Write(HtmlWriter html, TextWriter output, AuditResult result)
    {
        var words = new TableWords(result.Rows);
        html.WriteMarkup("<section class=\"panel\" aria-labelledby=\"credentials\">\n<h2 id=\"credentials\" tabindex=\"-1\">All credentials</h2>\n");
        WriteFilters(html, result, words);
        html.Write($"<p id=\"count\" class=\"small\" role=\"status\">{Shown(result)}</p>\n");
        html.WriteMarkup("<div class=\"scroll tall\" role=\"group\" aria-labelledby=\"credentials\" tabindex=\"0\">\n<table id=\"table\" class=\"credentials\">\n");
        html.WriteMarkup("<caption class=\"hidden\">All credentials, by venue and nickname</caption>\n<thead><tr>");
        foreach ((string title, string className) in Columns)
        {
            html.Write($"<th scope=\"col\"{new Markup(className.Length == 0 ? "" : $" class=\"{className}\"")}>{title}</th>");
        }

        html.WriteMarkup("</tr></thead>\n<tbody>\n");
        foreach (AuditedCredential row in result.Rows.Take(StaticRows))
        {
            TableRow.Write(html, row, result.Accounts is not null);
        }

        html.WriteMarkup("</tbody>\n</table>\n</div>\n");
        WriteFoot(html, result);
        TableData.Write(output, result, words);
        html.WriteMarkup("</section>\n");
    }

    private static void WriteFilters(HtmlWriter html, AuditResult result, TableWords words)
    {
        html.WriteMarkup("""
            <form id="filters" class="filters" role="search" aria-label="Filter the table" hidden>
            <div class="wide"><label for="text">Text</label><input id="text" type="search" autocomplete="off" spellcheck="false" placeholder="nickname, id, account …"></div>
            <div><label for="venue">Venue</label><select id="venue"><option value="">All venues</option>
            """);
        WriteOptions(html, words.Venues.Words);
        html.WriteMarkup("</select></div>\n<div><label for=\"status\">Status</label><select id=\"status\"><option value=\"\">All statuses</option>");
        WriteOptions(html, words.Statuses.Words);
        html.WriteMarkup("</select></div>\n<div><label for=\"finding\">Findings</label><select id=\"finding\"><option value=\"\">With and without</option><option value=\"any\">Only with findings</option>");
        foreach (RuleText rule in RuleText.All.Where(rule => result.IsEvaluated(rule.Rule)))
        {
            html.Write($"<option value=\"{rule.Rule}\">{rule.Title}</option>");
        }

        html.WriteMarkup("</select></div>\n<div><button type=\"reset\">Reset</button></div>\n</form>\n");
    }

    /// <summary>By number: what a server says is no value of an attribute.</summary>
    private static void WriteOptions(HtmlWriter html, IReadOnlyList<string> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            html.Write($"<option value=\"{(double)i}\">{words[i]}</option>");
        }
    }

    private static void WriteFoot(HtmlWriter html, AuditResult result)
    {
        html.WriteMarkup("<p id=\"more\" class=\"more-rows\" hidden></p>\n<p id=\"print-note\" class=\"print-note\" hidden></p>\n");
        if (result.Rows.Count > StaticRows)
        {
            html.Write($"<noscript><p class=\"note\">Without script this table shows the first {StaticRows} of {result.Rows.Count} credentials. The findings above are complete as they say.</p></noscript>\n");
        }
    }

    private static string Shown(AuditResult result)
    {
        int shown = System.Math.Min(StaticRows, result.Rows.Count);
        return System.FormattableString.Invariant($"Showing {shown:N0} of {result.Rows.Count:N0} credentials.");
    }
}

/// <summary>The words of the columns whose vocabularies the server decides.</summary>
internal sealed class TableWords(IReadOnlyList<AuditedCredential> rows)
{
    public WordList Venues { get; } = new(rows.Select(static row => row.Credential.Venue));

    public WordList Types { get; } = new(rows.Select(static row => row.Credential.CredentialType));

    public WordList Statuses { get; } = new(rows.Select(static row => row.Credential.Status));
}
