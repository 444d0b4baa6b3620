using System.Globalization;

namespace Cadenza.Audit.Rules;

/// <summary>
/// Texts of the server for sentences, command lines and pages. The client replaces control characters when it reads; this does so again,
/// since credentials can come from elsewhere, and lone surrogates besides, which no file can hold.
/// </summary>
internal static class SafeText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Replaces what a terminal or a browser would act upon; gives the same instance back where there is nothing such.</summary>
    public static string Clean(string text)
    {
        int first = 0;
        while (first < text.Length && IsSafe(text, first))
        {
            first++;
        }

        return first == text.Length ? text : Replace(text, first);
    }

    private static string Replace(string text, int first)
    {
        char[] cleaned = text.ToCharArray();
        for (int i = first; i < cleaned.Length; i++)
        {
            cleaned[i] = IsSafe(text, i) ? text[i] : Replacement;
        }

        return new string(cleaned);
    }

    private static bool IsSafe(string text, int index)
    {
        char c = text[index];
        if (c is >= ' ' and < '\u007F')
        {
            return true;
        }

        return char.IsSurrogate(c) ? IsPaired(text, index) : !IsActedUpon(c);
    }

    private static bool IsPaired(string text, int index) => char.IsHighSurrogate(text[index])
        ? index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
        : index > 0 && char.IsHighSurrogate(text[index - 1]);

    /// <summary>Controls, line separators, what changes the direction, and U+FFFE and U+FFFF, which are no characters.</summary>
    private static bool IsActedUpon(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C' or '\uFEFF' or '\uFFFE' or '\uFFFF';
}
