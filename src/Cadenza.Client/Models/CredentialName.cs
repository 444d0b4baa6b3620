using System;
using System.Globalization;
using System.Text;

namespace Cadenza.Client.Models;

/// <summary>
/// Formats the name of a credential for prompts, errors and warnings. The id comes first: a nickname is text of any
/// user, and must not look like an id or an effect. The result is safe for a terminal.
/// </summary>
internal static class CredentialName
{
    /// <summary>The length to which names are truncated, in UTF-16 code units.</summary>
    public const int MaxNameLength = 64;

    private const int MaxIdLength = 256;
    private const int MaxVenueLength = 32;
    private const int MaxCombiningMarks = 3;
    private const char Replacement = '\uFFFD';
    private const string Ellipsis = "\u2026";

    /// <summary>Formats the known parts, such as <c>660e8400-… (OKX 'desk 7')</c>.</summary>
    public static string Format(string? venue, string? nickname, string credentialId)
    {
        string id = Clean(credentialId, MaxIdLength);
        bool hasVenue = !string.IsNullOrEmpty(venue);
        bool hasNickname = !string.IsNullOrEmpty(nickname);
        return (hasVenue, hasNickname) switch
        {
            (true, true) => $"{id} ({FormatVenue(venue!)} {Quote(nickname!)})",
            (true, false) => $"{id} ({FormatVenue(venue!)})",
            (false, true) => $"{id} ({Quote(nickname!)})",
            _ => $"credential {id}",
        };
    }

    /// <summary>Formats a venue. Unless it is one word of ASCII, it is quoted.</summary>
    public static string FormatVenue(string venue)
    {
        foreach (char c in venue)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or '.'))
            {
                return Quote(venue);
            }
        }

        return venue.Length <= MaxVenueLength ? venue : Quote(venue);
    }

    /// <summary>
    /// Cleans and truncates a name and puts it in single quotes. A quote in it is doubled, as in PowerShell.
    /// </summary>
    public static string Quote(string name, int maxLength = MaxNameLength) =>
        "'" + Clean(name, maxLength).Replace("'", "''") + "'";

    /// <summary>
    /// Replaces characters that are invisible or change the text around them, joins spaces, and truncates.
    /// </summary>
    private static string Clean(string text, int maxLength)
    {
        if (text.Length <= maxLength && IsPlain(text))
        {
            return text;
        }

        var clean = new StringBuilder(Math.Min(text.Length, maxLength) + 1);
        int marks = 0;
        for (int i = 0; i < text.Length && clean.Length <= maxLength; i++)
        {
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(text, i);
            int length = char.IsSurrogatePair(text, i) ? 2 : 1;
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (category == UnicodeCategory.SpaceSeparator)
            {
                AppendSpace(clean);
            }
            else if (marks <= MaxCombiningMarks)
            {
                _ = IsVisible(category) ? clean.Append(text, i, length) : clean.Append(Replacement);
            }

            i += length - 1;
        }

        return clean.Length <= maxLength ? clean.ToString() : Truncate(clean.ToString(), maxLength);
    }

    /// <summary>Whether the text is printable ASCII without two spaces in a row, as nearly all names are.</summary>
    private static bool IsPlain(string text)
    {
        char previous = '\0';
        foreach (char c in text)
        {
            if (c is < ' ' or > '~' || (c == ' ' && previous == ' '))
            {
                return false;
            }

            previous = c;
        }

        return true;
    }

    private static void AppendSpace(StringBuilder clean)
    {
        if (clean.Length == 0 || clean[clean.Length - 1] != ' ')
        {
            clean.Append(' ');
        }
    }

    private static string Truncate(string text, int maxLength)
    {
        int end = maxLength - Ellipsis.Length;
        return text.Substring(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end).TrimEnd() + Ellipsis;
    }

    private static bool IsVisible(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
