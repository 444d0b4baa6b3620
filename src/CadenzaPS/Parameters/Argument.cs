using System;
using System.Linq;
using System.Management.Automation.Language;

namespace CadenzaPS.Parameters;

/// <summary>Reads and writes arguments as they appear on a command line.</summary>
internal static class Argument
{
    /// <summary>Returns the text of an argument that is not complete and may begin with a quotation mark.</summary>
    public static string Unquote(string typed)
    {
        if (typed.Length == 0 || QuoteOf(typed) is not char quote)
        {
            return typed;
        }

        string inner = typed.Substring(1);
        if (inner.Length > 0 && IsSameQuote(inner[inner.Length - 1], quote))
        {
            inner = inner.Substring(0, inner.Length - 1);
        }

        return quote == '"'
            ? inner.Replace("\"\"", "\"").Replace("`\"", "\"").Replace("`$", "$").Replace("``", "`")
            : inner.Replace("''", "'");
    }

    /// <summary>Whether an argument begins with a quotation mark, so that its completion must be quoted.</summary>
    public static bool IsQuoted(string typed) => QuoteOf(typed) is not null;

    /// <summary>Writes text as an argument, in single quotation marks if PowerShell could misread it.</summary>
    public static string Quote(string text, bool always = false) =>
        !always && IsBareword(text) ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    /// <summary>
    /// Escapes the wildcard characters of text. Unlike WildcardPattern.Escape, it also escapes backticks.
    /// </summary>
    public static string EscapeWildcards(string text) =>
        string.Concat(text.Select(static c => c is '*' or '?' or '[' or ']' or '`' ? "`" + c : c.ToString()));

    private static char? QuoteOf(string typed) => typed.Length == 0 ? null : typed[0] switch
    {
        '"' or '\u201C' or '\u201D' or '\u201E' => '"',
        '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' => '\'',
        _ => null,
    };

    private static bool IsSameQuote(char c, char quote) => QuoteOf(c.ToString()) == quote;

    /// <summary>
    /// An id, or a word that begins with a letter. PowerShell would parse a number and could change its text.
    /// </summary>
    private static bool IsBareword(string text) =>
        Guid.TryParseExact(text, "D", out _)
        || (char.IsLetter(text[0]) && text.All(static c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.'));
}
