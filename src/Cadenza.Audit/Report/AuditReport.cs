using System;
using System.IO;
using System.Text;

namespace Cadenza.Audit.Report;

/// <summary>
/// Writes an audit as a self-contained HTML file, without external resources. The file can be read without JavaScript,
/// which only adds sorting and filtering of the table and buttons that copy commands.
/// </summary>
internal static class AuditReport
{
    private const int BufferSize = 32 * 1024;

    /// <summary>
    /// Writes the report in UTF-8 and leaves the stream open. The output depends only on the arguments.
    /// </summary>
    /// <param name="stream">The stream to write to.</param>
    /// <param name="result">The result of the audit.</param>
    /// <param name="header">The origin of the report.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Write(Stream stream, AuditResult result, ReportHeader header)
    {
        if (stream is null || result is null || header is null)
        {
            string name = stream is null ? nameof(stream) : result is null ? nameof(result) : nameof(header);
            throw new ArgumentNullException(name);
        }

        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var writer = new StreamWriter(stream, encoding, BufferSize, leaveOpen: true);
        var html = new HtmlWriter(writer);
        var summary = new InventorySummary(result);
        PageFrame.WriteStart(html, header);
        SummarySection.Write(html, result, summary, header);
        if (header.Changes is not null)
        {
            ChangeSection.Write(html, header.Changes);
        }

        html.WriteMarkup("<div class=\"charts\">\n");
        VenueSection.Write(html, summary);
        AgeSection.Write(html, summary, result.Options.RotationDueDays);
        html.WriteMarkup("</div>\n");
        if (header.IsSummary)
        {
            UrgentSection.Write(html, result, summary);
        }
        else
        {
            FindingSection.Write(html, result, summary);
            TableSection.Write(html, stream, result);
        }

        PageFrame.WriteEnd(html, result, header);
    }
}
