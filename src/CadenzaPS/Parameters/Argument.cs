using System;
using System.Linq;
using System.Management.Automation.Language;

namespace CadenzaPS.Parameters;

/// <summary>Arguments as they stand on a command line: what was typed of one, and how one is written.</summary>
internal static class Argument
{
    /// <summary>The text that somebody means who typed this much of an argument, an opening quote perhaps.</summary>
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

    /// <summary>Whether somebody has begun to write in quotes, and so means to go on in them.</summary>
    public static bool IsQuoted(string typed) => QuoteOf(typed) is not null;

    /// <summary>A text as an argument: bare where PowerShell takes it for nothing else, else in single quotes.</summary>
    public static string Quote(string text, bool always = false) =>
        !always && IsBareword(text) ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    /// <summary>
    /// A text as an argument for a parameter that takes wildcards: those in the text are none. WildcardPattern.Escape leaves backticks out.
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

    /// <summary>A word that begins with a letter, or an id: a number would be read as one and written back differently.</summary>
    private static bool IsBareword(string text) =>
        Guid.TryParseExact(text, "D", out _)
        || (char.IsLetter(text[0]) && text.All(static c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.'));
}
