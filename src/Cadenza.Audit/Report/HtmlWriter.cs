using System;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Report;

/// <summary>
/// Writes HTML from interpolated strings: the text around the holes is markup, and what is in the holes is encoded. There is no way to
/// write a text of the server unencoded but to name it <see cref="Markup"/>.
/// </summary>
internal sealed class HtmlWriter(TextWriter output)
{
    /// <summary>Writes markup with encoded values. The work is done while the string is interpolated.</summary>
#pragma warning disable CA1822, IDE0060 // The compiler hands this writer to the interpolation.
    public void Write([InterpolatedStringHandlerArgument("")] HtmlInterpolation html)
    {
    }
#pragma warning restore CA1822, IDE0060

    /// <summary>Writes markup of our own.</summary>
    public void WriteMarkup(string markup) => output.Write(markup);

    /// <summary>Writes a text, encoded for both an element and an attribute in quotes.</summary>
    public void WriteText(string? text)
    {
        string safe = TextSanitizer.Sanitize(text ?? "");
        int written = 0;
        for (int i = 0; i < safe.Length; i++)
        {
            if (EntityOf(safe[i]) is string entity)
            {
                WritePart(safe, written, i);
                output.Write(entity);
                written = i + 1;
            }
        }

        WritePart(safe, written, safe.Length);
    }

    private void WritePart(string text, int start, int end)
    {
        if (start == 0 && end == text.Length)
        {
            output.Write(text);
            return;
        }

        for (int i = start; i < end; i++)
        {
            output.Write(text[i]);
        }
    }

    private static string? EntityOf(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => null,
    };
}

/// <summary>Markup of our own, which is not encoded.</summary>
internal readonly struct Markup(string html)
{
    public string Html { get; } = html;
}

/// <summary>Writes the parts of an interpolated string, the holes encoded.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlInterpolation
{
    private readonly HtmlWriter _writer;

#pragma warning disable IDE0060 // The compiler passes both counts.
    public HtmlInterpolation(int literalLength, int formattedCount, HtmlWriter writer) => _writer = writer;
#pragma warning restore IDE0060

    public void AppendLiteral(string markup) => _writer.WriteMarkup(markup);

    public void AppendFormatted(string? text) => _writer.WriteText(text);

    public void AppendFormatted(Markup markup) => _writer.WriteMarkup(markup.Html);

    public void AppendFormatted(int number) => _writer.WriteMarkup(number.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>A coordinate: at most two decimals, and no grouping.</summary>
    public void AppendFormatted(double number) => _writer.WriteMarkup(Math.Round(number, 2).ToString("0.##", CultureInfo.InvariantCulture));

    public void AppendFormatted(DateTimeOffset time) => _writer.WriteMarkup(UtcTime.FormatMinute(time));
}
