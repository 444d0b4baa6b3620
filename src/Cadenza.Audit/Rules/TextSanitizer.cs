namespace Cadenza.Audit.Rules;

/// <summary>
/// Sanitizes text from the server for messages, commands, and pages. The client sanitizes what it reads, but
/// credentials can also come from other sources.
/// </summary>
internal static class TextSanitizer
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// Replaces characters that a terminal or a browser interprets, and lone surrogates, with U+FFFD. Returns the same
    /// instance if there are none.
    /// </summary>
    public static string Sanitize(string text)
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
        char[] sanitized = text.ToCharArray();
        for (int i = first; i < sanitized.Length; i++)
        {
            sanitized[i] = IsSafe(text, i) ? text[i] : Replacement;
        }

        return new string(sanitized);
    }

    private static bool IsSafe(string text, int index)
    {
        char c = text[index];
        if (c is >= ' ' and < '\u007F')
        {
            return true;
        }

        return char.IsSurrogate(c) ? IsPaired(text, index) : !IsUnsafe(c);
    }

    private static bool IsPaired(string text, int index) => char.IsHighSurrogate(text[index])
        ? index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
        : index > 0 && char.IsHighSurrogate(text[index - 1]);

    /// <summary>Control characters, line separators, direction marks, the byte order mark, and noncharacters.</summary>
    private static bool IsUnsafe(char c) => c
        is < ' '
        or (>= '\u007F' and <= '\u009F')
        or (>= '\u2028' and <= '\u202E')
        or (>= '\u2066' and <= '\u2069')
        or '\u200E' or '\u200F' or '\u061C' or '\uFEFF' or '\uFFFE' or '\uFFFF';
}
