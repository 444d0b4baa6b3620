using System;

namespace Cadenza.Client.Text;

/// <summary>Makes text that a server sent fit for a terminal: no control or direction-changing characters, and not without end.</summary>
internal static class TextSanitizer
{
    /// <summary>The longest server message that is passed on, in UTF-16 code units.</summary>
    public const int MaxMessageLength = 512;

    /// <summary>Replaces every character that a terminal would act upon with U+FFFD; gives the same instance back where there is none.</summary>
    public static string Sanitize(string text)
    {
        int first = FindUnsafe(text);
        if (first < 0)
        {
            return text;
        }

        char[] cleaned = text.ToCharArray();
        for (int i = first; i < cleaned.Length; i++)
        {
            if (IsUnsafe(cleaned[i]))
            {
                cleaned[i] = '\uFFFD';
            }
        }

        return new string(cleaned);
    }

    /// <summary>Cleans a message and cuts it to <see cref="MaxMessageLength"/>; null for an empty one.</summary>
    public static string? SanitizeMessage(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        string oneLine = text!.Trim();
        if (oneLine.Length > MaxMessageLength)
        {
            // Never cut a surrogate pair in two.
            int length = char.IsHighSurrogate(oneLine[MaxMessageLength - 1]) ? MaxMessageLength - 1 : MaxMessageLength;
            oneLine = oneLine.Substring(0, length) + "...";
        }

        return Sanitize(oneLine.Replace('\r', ' ').Replace('\n', ' ').Replace('\t', ' '));
    }

    private static int FindUnsafe(string text)
    {
#if NET
        // Nearly all of it is ASCII, and all at once is quicker than one by one.
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
            if (IsUnsafe(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether a terminal would act upon the character instead of showing it.</summary>
    public static bool IsUnsafe(char c) =>
        c < ' '
        || (c >= '\u007F' && c <= '\u009F') // DEL and the C1 set, 8-bit escape sequences among them
        || (c >= '\u2028' && c <= '\u202E') // line separators, bidirectional embeddings and overrides
        || (c >= '\u2066' && c <= '\u2069') // bidirectional isolates
        || c is '\u200E' or '\u200F' or '\u061C' or '\uFEFF';
}
