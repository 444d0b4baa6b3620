using System.Globalization;
using System.IO;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Report;

/// <summary>JSON for a script block of a page: no text can end the block, since nothing that HTML reacts to is written as it is.</summary>
internal static class JsonText
{
    public static void Write(TextWriter output, string? text)
    {
        if (text is null)
        {
            output.Write("null");
            return;
        }

        output.Write('"');
        foreach (char c in TextSanitizer.Sanitize(text))
        {
            if (c is '"' or '\\' or '<' or '>' or '&' or '\'' or < ' ' or '\u2028' or '\u2029')
            {
                output.Write("\\u");
                output.Write(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                output.Write(c);
            }
        }

        output.Write('"');
    }

    public static void Write(TextWriter output, int number) => output.Write(number.ToString(CultureInfo.InvariantCulture));
}
