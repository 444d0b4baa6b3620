using System.IO;
using System.Runtime.CompilerServices;
using Cadenza.Audit.Rules;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Report;

/// <summary>
/// Writes HTML from interpolated strings: literal parts are markup, and interpolated values are encoded. Only a value
/// of the type <see cref="Markup"/> is written without encoding.
/// </summary>
internal sealed class HtmlWriter(TextWriter output)
{
    /// <summary>Writes markup with encoded values. The interpolated string handler does the work.</summary>
#pragma warning disable CA1822, IDE0060 // The compiler passes this writer to the handler.
    public void Write([InterpolatedStringHandlerArgument("")] HtmlInterpolatedStringHandler html)
    {
    }
#pragma warning restore CA1822, IDE0060

    /// <summary>Writes markup without encoding.</summary>
    public void WriteMarkup(string markup) => output.Write(markup);

    /// <summary>Writes a text, encoded for elements and quoted attributes.</summary>
    public void WriteText(string? text)
    {
        string sanitized = TextSanitizer.Sanitize(text ?? "");
        int written = 0;
        for (int i = 0; i < sanitized.Length; i++)
        {
            if (EntityOf(sanitized[i]) is string entity)
            {
                WriteRange(sanitized, written, i);
                output.Write(entity);
                written = i + 1;
            }
        }

        WriteRange(sanitized, written, sanitized.Length);
    }

    /// <summary>Writes what is buffered to the stream.</summary>
    public void Flush() => output.Flush();

    private void WriteRange(string text, int start, int end)
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
