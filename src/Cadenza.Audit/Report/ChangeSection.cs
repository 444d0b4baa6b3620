using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Cadenza.Audit.Rules;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Report;

/// <summary>The changes since an earlier report.</summary>
internal static class ChangeSection
{
    /// <summary>The maximum number of changes that are listed.</summary>
    public const int MaxListed = 200;

    public static void Write(HtmlWriter html, ReportChanges changes)
    {
        html.WriteMarkup("<section class=\"panel\" aria-labelledby=\"changes\">\n");
        html.WriteMarkup("<h2 id=\"changes\">Since the last report</h2>\n");
        html.Write($"<p>{Describe(changes)}</p>\n");
        if (changes.Changes is { Count: > 0 } list)
        {
            WriteTable(html, list);
        }

        html.WriteMarkup("</section>\n");
    }

    private static string Describe(ReportChanges changes)
    {
        if (changes.Changes is null)
        {
            return "The list of credentials is incomplete, so it was not compared with the last report.";
        }

        if (changes.Since is not DateTimeOffset since)
        {
            return $"This is the first report with this state file, for {changes.Server}. The next report shows what "
                + "has changed since then.";
        }

        string period = $"since {UtcTime.FormatMinute(since)} UTC on {changes.Server}";
        if (changes.Changes.Count == 0)
        {
            return $"Nothing has changed {period}.";
        }

        IEnumerable<string> counts = changes.Changes
            .GroupBy(static change => change.Event, StringComparer.Ordinal)
            .OrderByDescending(static group => group.Count())
            .ThenBy(static group => group.Key, StringComparer.Ordinal)
            .Select(static group => $"{Spell(group.Key)} ({Quantity.Format(group.Count())})");
        return $"{Quantity.Format(changes.Changes.Count, "change")} {period}: {string.Join(", ", counts)}.";
    }

    private static void WriteTable(HtmlWriter html, IReadOnlyList<ReportedChange> changes)
    {
        html.WriteMarkup("""
            <div class="scroll" role="group" aria-labelledby="changes" tabindex="0">
            <table class="figures changes">
            <caption class="visually-hidden">Changes since the last report</caption>
            <thead><tr><th scope="col">Nickname</th><th scope="col">Venue</th><th scope="col">Change</th>
            <th scope="col">Before</th><th scope="col">Now</th><th scope="col">ID</th></tr></thead>
            <tbody>

            """);
        foreach (ReportedChange change in changes.Take(MaxListed))
        {
            html.WriteMarkup("<tr><th scope=\"row\">");
            if (string.IsNullOrWhiteSpace(change.Nickname))
            {
                html.WriteMarkup("<span class=\"missing\">no nickname</span>");
            }
            else
            {
                html.Write($"<bdi>{change.Nickname}</bdi>");
            }

            html.Write($"</th><td>{change.Venue}</td><td>{Capitalize(Spell(change.Event))}</td>");
            html.Write($"<td><bdi>{change.Before}</bdi></td><td><bdi>{change.After}</bdi></td>");
            html.Write($"<td><code>{change.CredentialId}</code></td></tr>\n");
        }

        html.WriteMarkup("</tbody>\n</table>\n</div>\n");
        if (changes.Count > MaxListed)
        {
            html.Write($"<p>This list shows the first {MaxListed} of ");
            html.Write($"{Quantity.Format(changes.Count, "change")}.</p>\n");
        }
    }

    /// <summary>Splits a word such as StatusChanged.</summary>
    private static string Spell(string word)
    {
        var text = new StringBuilder();
        foreach (char c in word)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append(' ');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    private static string Capitalize(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text.Substring(1);
}
