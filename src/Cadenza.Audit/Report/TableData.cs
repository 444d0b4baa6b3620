using System;
using System.Collections.Generic;
using System.IO;
using Cadenza.Audit.Rules;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Report;

/// <summary>The table of all credentials as JSON, in a block that no browser runs.</summary>
internal static class TableData
{
    public static void Write(TextWriter output, AuditResult result, TableWords words)
    {
        output.Write("<script id=\"data\" type=\"application/json\">{\"pageSize\":");
        JsonText.Write(output, TableSection.StaticRows);
        output.Write(",\"venues\":");
        words.Venues.WriteJson(output);
        output.Write(",\"types\":");
        words.Types.WriteJson(output);
        output.Write(",\"statuses\":");
        words.Statuses.WriteJson(output);
        WriteGroups(output, words.Statuses.Words);
        WriteRules(output);
        output.Write(",\"accountsKnown\":");
        output.Write(result.Accounts is null ? "false" : "true");
        output.Write(",\n\"rows\":[");
        for (int i = 0; i < result.Rows.Count; i++)
        {
            output.Write(i == 0 ? "\n" : ",\n");
            WriteRow(output, result.Rows[i], words);
        }

        output.Write("\n]}</script>\n");
    }

    /// <summary>The class names of the statuses, from a closed set.</summary>
    private static void WriteGroups(TextWriter output, IReadOnlyList<string> statuses)
    {
        output.Write(",\"groups\":[");
        for (int i = 0; i < statuses.Count; i++)
        {
            output.Write(i == 0 ? "" : ",");
            JsonText.Write(output, VenueSection.Groups[(int)CredentialStatus.GroupOf(statuses[i])].ClassName);
        }

        output.Write(']');
    }

    private static void WriteRules(TextWriter output)
    {
        output.Write(",\"rules\":[");
        for (int i = 0; i < RuleText.All.Count; i++)
        {
            RuleText rule = RuleText.All[i];
            output.Write(i == 0 ? "[" : ",[");
            JsonText.Write(output, rule.Rule);
            output.Write(',');
            JsonText.Write(output, rule.Title);
            output.Write(',');
            JsonText.Write(output, Severity.ClassOf(rule.Severity));
            output.Write(']');
        }

        output.Write(']');
    }

    /// <summary>Nickname, venue, type, status, id, created, changed, days, names of accounts, rules; -1 where there is none.</summary>
    private static void WriteRow(TextWriter output, AuditedCredential row, TableWords words)
    {
        output.Write('[');
        JsonText.Write(output, row.HasNickname ? row.Credential.Nickname : "");
        WriteNumber(output, words.Venues.NumberOf(row.Credential.Venue));
        WriteNumber(output, words.Types.NumberOf(row.Credential.CredentialType));
        WriteNumber(output, words.Statuses.NumberOf(row.Credential.Status));
        output.Write(',');
        JsonText.Write(output, row.Credential.CredentialId);
        WriteTime(output, row.Credential.CreatedAt);
        WriteTime(output, row.Credential.UpdatedAt);
        WriteNumber(output, row.AgeDays ?? -1);
        output.Write(",[");
        for (int i = 0; i < row.Accounts.Count; i++)
        {
            output.Write(i == 0 ? "" : ",");
            JsonText.Write(output, row.Accounts[i]);
        }

        output.Write("],[");
        WriteFindings(output, row);
        output.Write("]]");
    }

    private static void WriteFindings(TextWriter output, AuditedCredential row)
    {
        string separator = "";
        for (int i = 0; i < RuleText.All.Count; i++)
        {
            if (row.Has(RuleText.All[i].Rule))
            {
                output.Write(separator);
                JsonText.Write(output, i);
                separator = ",";
            }
        }
    }

    private static void WriteNumber(TextWriter output, int number)
    {
        output.Write(',');
        JsonText.Write(output, number);
    }

    private static void WriteTime(TextWriter output, DateTimeOffset? time)
    {
        output.Write(',');
        JsonText.Write(output, time is DateTimeOffset known ? UtcTime.FormatMinute(known) : "");
    }
}
