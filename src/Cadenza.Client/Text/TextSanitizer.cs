using System;

namespace Cadenza.Client.Text;

/// <summary>
/// Makes text from a server or a file safe for a terminal, a web page or a file: no control characters, bidirectional
/// formatting characters or unpaired surrogates.
/// </summary>
internal static class TextSanitizer
{
    /// <summary>The length to which messages are truncated, in UTF-16 code units.</summary>
    public const int MaxMessageLength = 512;

    private const char Replacement = '\uFFFD';

    /// <summary>
    /// Replaces every character that a terminal or a browser would interpret, and every unpaired surrogate, with
    /// U+FFFD. Returns the same instance if there is none.
    /// </summary>
    public static string Sanitize(string text)
    {
        int first = FindUnsafe(text);
        if (first < 0)
        {
            return text;
        }

        char[] sanitized = text.ToCharArray();
        for (int i = first; i < sanitized.Length; i++)
        {
            sanitized[i] = IsSafe(text, i) ? text[i] : Replacement;
        }

        return new string(sanitized);
    }

    /// <summary>
    /// Sanitizes a message, removes the user information of URIs, joins its lines and truncates it to
    /// <see cref="MaxMessageLength"/>. Returns null if it is blank.
    /// </summary>
    public static string? SanitizeMessage(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        string oneLine = UriText.RemoveUserInfo(text!.Trim());
        if (oneLine.Length > MaxMessageLength)
        {
            oneLine = TextTruncation.Cut(oneLine, MaxMessageLength) + "...";
        }

        return Sanitize(oneLine.Replace('\r', ' ').Replace('\n', ' ').Replace('\t', ' '));
    }

    /// <summary>Whether a terminal or a browser would interpret the character instead of displaying it.</summary>
    public static bool IsUnsafe(char c) =>
        c < ' '
        || (c >= '\u007F' && c <= '\u009F') // DEL and the C1 controls, including 8-bit escape sequences
        || (c >= '\u2028' && c <= '\u202E') // line separators, bidirectional embeddings and overrides
        || (c >= '\u2066' && c <= '\u2069') // bidirectional isolates
        || c is '\u200E' or '\u200F' or '\u061C' or '\uFEFF' or '\uFFFE' or '\uFFFF';

    private static int FindUnsafe(string text)
    {
#if NET
        // Nearly all text is ASCII, for which the vectorized search is faster.
        int first = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (first < 0)
        {
            return -1;
        }
#else
        int first = 0;
#endif
        for (int i = first; i < text.Length; i++)
        {
            if (!IsSafe(text, i))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsSafe(string text, int index) =>
        char.IsSurrogate(text[index]) ? IsPaired(text, index) : !IsUnsafe(text[index]);

    private static bool IsPaired(string text, int index) => char.IsHighSurrogate(text[index])
        ? index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
        : index > 0 && char.IsHighSurrogate(text[index - 1]);
}
