using System;
using System.Linq;
using Cadenza.Audit.Rules;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Report;

/// <summary>Writes a row of the table as HTML. The script creates the same elements from the JSON data.</summary>
internal static class TableRow
{
    public static void Write(HtmlWriter html, AuditedCredential row, bool areAccountsAvailable)
    {
        html.WriteMarkup("<tr><th scope=\"row\">");
        if (row.HasNickname)
        {
            html.Write($"<bdi>{row.Credential.Nickname}</bdi>");
        }
        else
        {
            html.WriteMarkup("<span class=\"missing\">no nickname</span>");
        }

        html.Write($"</th><td>{row.Credential.Venue}</td><td>{row.Credential.CredentialType}</td><td>");
        if (!string.IsNullOrEmpty(row.Credential.Status))
        {
            string className = StatusGroupDisplay.Of(row.Group).ClassName;
            html.Write($"<span class=\"status {className}\">{row.Credential.Status}</span>");
        }

        html.Write($"</td><td><code>{row.Credential.CredentialId}</code></td>");
        WriteTime(html, row.Credential.CreatedAt);
        WriteTime(html, row.Credential.UpdatedAt);
        html.WriteMarkup("<td class=\"number\">");
        if (row.AgeDays is int days)
        {
            html.Write($"{days} <span class=\"time\">{AgeSourceText.Of(row)}</span>");
        }

        html.WriteMarkup("</td><td>");
        WriteAccounts(html, row, areAccountsAvailable);
        html.WriteMarkup("</td><td>");
        foreach (RuleDescription rule in RuleDescription.All.Where(rule => row.Has(rule.Rule)))
        {
            html.Write($"<span class=\"badge {SeverityBadge.ClassOf(rule.Severity)}\">{rule.Title}</span> ");
        }

        html.WriteMarkup("</td></tr>\n");
    }

    private static void WriteTime(HtmlWriter html, DateTimeOffset? time)
    {
        html.WriteMarkup("<td>");
        if (time is DateTimeOffset known)
        {
            string text = UtcTime.FormatMinute(known);
            html.Write($"{text.Substring(0, 10)} <span class=\"time\">{text.Substring(11)}</span>");
        }

        html.WriteMarkup("</td>");
    }

    private static void WriteAccounts(HtmlWriter html, AuditedCredential row, bool areAccountsAvailable)
    {
        if (!areAccountsAvailable)
        {
            html.WriteMarkup("<span class=\"missing\">unknown</span>");
        }
        else if (row.Accounts.Count == 0)
        {
            html.WriteMarkup("0");
        }
        else
        {
            html.Write($"{row.Accounts.Count} <span class=\"account-names\">{row.Accounts.ToString()}</span>");
        }
    }
}
