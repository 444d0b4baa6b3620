using System;
using System.Globalization;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Security;

/// <summary>Finds characters that cannot be seen. A key that contains one was damaged on its way here.</summary>
internal static class InvisibleCharacters
{
    /// <summary>
    /// Characters of other categories that have no shape: fillers, variation selectors and the blank Braille pattern.
    /// </summary>
    private static readonly (char First, char Last)[] Blanks =
    [
        ('\u034F', '\u034F'), ('\u115F', '\u1160'), ('\u17B4', '\u17B5'), ('\u180B', '\u180F'), ('\u2800', '\u2800'),
        ('\u3164', '\u3164'), ('\uFE00', '\uFE0F'), ('\uFFA0', '\uFFA0'), ('\uFFF0', '\uFFFF'),
    ];

    /// <summary>Format characters outside the basic plane, as code points.</summary>
    private static readonly (int First, int Last)[] Supplementary =
        [(0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x1345F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
        (0xE0000, 0xE0FFF)];

    /// <summary>
    /// Returns the first character that is not visible and not a space, as a predicate, or null if there is none.
    /// </summary>
    /// <param name="text">Valid UTF-16.</param>
    /// <param name="allowsLineBreaks">Whether LF, and CR before LF, are allowed.</param>
    public static string? Find(ReadOnlySpan<char> text, bool allowsLineBreaks)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '\n' or '\r')
            {
                if (!allowsLineBreaks || (c == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                {
                    return Messages.HasLineBreak;
                }
            }
            else if (char.IsHighSurrogate(c))
            {
                int codePoint = char.ConvertToUtf32(c, text[++i]);
                if (Array.Exists(Supplementary, range => codePoint >= range.First && codePoint <= range.Last))
                {
                    return Messages.HasInvisible(codePoint);
                }
            }
            else if (IsInvisible(c))
            {
                return Messages.HasInvisible(c);
            }
        }

        return null;
    }

    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format => true,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.SpaceSeparator => c != ' ',
        _ => c > '~' && Array.Exists(Blanks, range => c >= range.First && c <= range.Last),
    };
}
