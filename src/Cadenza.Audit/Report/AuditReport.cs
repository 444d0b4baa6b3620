using System;
using System.IO;
using System.Text;

namespace Cadenza.Audit.Report;

/// <summary>
/// Writes an audit as one HTML file that needs nothing else: no network, no fonts, no library. It is readable without script; with it, the
/// table of all credentials can be sorted and filtered.
/// </summary>
public static class AuditReport
{
    /// <summary>Writes the report in UTF-8 and leaves the stream open. The same input gives the same bytes.</summary>
    public static void Write(Stream stream, AuditResult result, ReportHeader header)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 32 * 1024, leaveOpen: true);
        Write(writer, result, header);
    }

    /// <summary>Writes the report. The text says that it is UTF-8, so the writer should write that.</summary>
    public static void Write(TextWriter writer, AuditResult result, ReportHeader header)
    {
        if (writer is null || result is null || header is null)
        {
            throw new ArgumentNullException(writer is null ? nameof(writer) : result is null ? nameof(result) : nameof(header));
        }

        var html = new HtmlWriter(writer);
        var inventory = new InventorySummary(result);
        PageSection.WriteStart(html, header);
        SummarySection.Write(html, result, inventory, header);
        html.WriteMarkup("<div class=\"charts\">\n");
        VenueSection.Write(html, inventory);
        AgeSection.Write(html, inventory, result.Options.StaleAfterDays);
        html.WriteMarkup("</div>\n");
        FindingSection.Write(html, result, inventory, header);
        TableSection.Write(html, writer, result);
        PageSection.WriteEnd(html, result, header);
    }
}
