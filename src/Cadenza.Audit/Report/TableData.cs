using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Cadenza.Audit.Rules;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Report;

/// <summary>The table of all credentials as JSON, in a data block that the browser does not execute.</summary>
internal static class TableData
{
    /// <summary>
    /// The number of buffered bytes from which the writer is flushed. By itself, it keeps all bytes until the end.
    /// </summary>
    private const int MaxPending = 32 * 1024;

    /// <summary>
    /// The encoder escapes &lt;, &gt;, &amp;, quotes, and line separators, so that a value cannot end the block.
    /// </summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void Write(Stream stream, AuditResult result, ColumnValues columns)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        json.WriteNumber("pageSize", TableSection.StaticRows);
        WriteStrings(json, "venues", columns.Venues.Values);
        WriteStrings(json, "types", columns.Types.Values);
        WriteStrings(json, "statuses", columns.Statuses.Values);
        WriteStatusClasses(json, columns.Statuses.Values);
        WriteRules(json);
        json.WriteBoolean("accountsAvailable", result.Accounts is not null);
        json.WriteStartArray("rows");
        foreach (AuditedCredential row in result.Rows)
        {
            WriteRow(json, row, columns);
            if (json.BytesPending > MaxPending)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        WriteStrings(json, values);
        json.WriteEndArray();
    }

    private static void WriteStrings(Utf8JsonWriter json, IEnumerable<string> values)
    {
        foreach (string value in values)
        {
            json.WriteStringValue(TextSanitizer.Sanitize(value));
        }
    }

    /// <summary>The CSS classes of the statuses, at the same indexes.</summary>
    private static void WriteStatusClasses(Utf8JsonWriter json, IEnumerable<string> statuses)
    {
        json.WriteStartArray("statusClasses");
        foreach (string status in statuses)
        {
            json.WriteStringValue(StatusGroupDisplay.Of(CredentialStatus.GroupOf(status)).ClassName);
        }

        json.WriteEndArray();
    }

    private static void WriteRules(Utf8JsonWriter json)
    {
        json.WriteStartArray("rules");
        foreach (RuleDescription rule in RuleDescription.All)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Rule);
            json.WriteString("title", rule.Title);
            json.WriteString("className", SeverityBadge.ClassOf(rule.Severity));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the values of a row in the order of the columns. The script has the same order.</summary>
    private static void WriteRow(Utf8JsonWriter json, AuditedCredential row, ColumnValues columns)
    {
        json.WriteStartArray();
        json.WriteStringValue(row.HasNickname ? TextSanitizer.Sanitize(row.Credential.Nickname!) : "");
        json.WriteNumberValue(columns.Venues.IndexOf(row.Credential.Venue));
        json.WriteNumberValue(columns.Types.IndexOf(row.Credential.CredentialType));
        json.WriteNumberValue(columns.Statuses.IndexOf(row.Credential.Status));
        json.WriteStringValue(TextSanitizer.Sanitize(row.Credential.CredentialId));
        json.WriteStringValue(Format(row.Credential.CreatedAt));
        json.WriteStringValue(Format(row.Credential.UpdatedAt));
        json.WriteNumberValue(row.AgeDays ?? -1);
        json.WriteStartArray();
        WriteStrings(json, row.Accounts);
        json.WriteEndArray();
        WriteFindings(json, row);
        json.WriteStringValue(AgeSourceText.Of(row));
        json.WriteEndArray();
    }

    /// <summary>Writes the indexes of the rules.</summary>
    private static void WriteFindings(Utf8JsonWriter json, AuditedCredential row)
    {
        json.WriteStartArray();
        for (int i = 0; i < RuleDescription.All.Count; i++)
        {
            if (row.Has(RuleDescription.All[i].Rule))
            {
                json.WriteNumberValue(i);
            }
        }

        json.WriteEndArray();
    }

    private static string Format(DateTimeOffset? time) =>
        time is DateTimeOffset known ? UtcTime.FormatMinute(known) : "";
}
