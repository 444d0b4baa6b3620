using System;
using System.Text;

namespace Cadenza.Client.Text;

/// <summary>Removes user names and passwords from the URIs in a text.</summary>
internal static class UriText
{
    private const string Slashes = "//";
    private const string EscapedSlashes = "\\/\\/";
    private const string EncodedSlashes = "%2F%2F";
    private const string EncodedAt = "%40";

    /// <summary>
    /// Removes the user information of every URI: <c>http://user:password@proxy/</c> becomes <c>http://proxy/</c>.
    /// Returns the same instance if there is none. Passwords that should be percent-encoded and are not, with a slash,
    /// a quote or a space, are found too: removing more than the user information is better than leaving a part of it.
    /// </summary>
    public static string RemoveUserInfo(string text) =>
        text.IndexOf('@') < 0 && text.IndexOf(EncodedAt, StringComparison.Ordinal) < 0 ? text : Remove(text);

    private static string Remove(string text)
    {
        StringBuilder? cleaned = null;
        int copied = 0;
        (int start, int authority) = FindAuthority(text, 0);
        while (start >= 0)
        {
            (int nextStart, int nextAuthority) = FindAuthority(text, authority);
            int end = FindUserInfoEnd(text, start, authority, nextStart < 0 ? text.Length : nextStart);
            if (end > authority)
            {
                cleaned ??= new StringBuilder(text.Length);
                cleaned.Append(text, copied, authority - copied);
                copied = end;
            }

            (start, authority) = (nextStart, nextAuthority);
        }

        return cleaned is null ? text : cleaned.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Finds the start of the next URI and of its authority, or (-1, -1).</summary>
    private static (int Start, int Authority) FindAuthority(string text, int from)
    {
        for (int i = from; i < text.Length; i++)
        {
            int length = text[i] is '/' or '\\' or '%' ? SlashesAt(text, i) : 0;
            if (length > 0 && FindStart(text, from, i) is int start and >= 0)
            {
                return (start, i + length);
            }
        }

        return (-1, -1);
    }

    private static int SlashesAt(string text, int at)
    {
        foreach (string slashes in new[] { Slashes, EscapedSlashes, EncodedSlashes })
        {
            if (string.Compare(text, at, slashes, 0, slashes.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                return slashes.Length;
            }
        }

        return 0;
    }

    /// <summary>Finds the scheme before the slashes, which a relative reference does not have, or -1.</summary>
    private static int FindStart(string text, int from, int slashes)
    {
        int colon = slashes - 1;
        if (colon >= from && text[colon] != ':')
        {
            bool isEncoded = colon - 2 >= from
                && string.Compare(text, colon - 2, "%3A", 0, 3, StringComparison.OrdinalIgnoreCase) == 0;
            if (!isEncoded)
            {
                // Slashes within a path or a word are not the start of a reference.
                return char.IsLetterOrDigit(text[colon]) || text[colon] == '/' ? -1 : slashes;
            }

            colon -= 2;
        }

        int start = Math.Max(from, colon);
        while (start > from && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '+' or '-' or '.'))
        {
            start--;
        }

        return start;
    }

    /// <summary>Finds the end of the user information, after its last @, or 0.</summary>
    private static int FindUserInfoEnd(string text, int start, int authority, int limit)
    {
        bool isEncoded = text[authority - 1] is 'F' or 'f';
        int end = FindEnd(text, start, authority, limit);
        int length = isEncoded ? EncodedAt.Length : 1;
        int at = LastAt(text, authority, end, isEncoded);
        int segment = text.IndexOfAny(['/', '?', '#', ' ', '\\', '\'', '"', '<', '>'], authority, limit - authority);
        segment = segment < 0 ? limit : segment;
        if (at < 0 && !IsHost(text.AsSpan(authority, segment - authority)))
        {
            at = LastAt(text, authority, limit, isEncoded);
        }

        // An @ in the path, after a host without a port, is no user information.
        return at < 0 || (!isEncoded && at > segment && text.IndexOf(':', authority, at - authority) < 0)
            ? 0
            : at + length;
    }

    private static int LastAt(string text, int from, int end, bool isEncoded)
    {
        int at = end > from ? text.LastIndexOf('@', end - 1, end - from) : -1;
        return at < 0 && isEncoded && end > from
            ? text.LastIndexOf(EncodedAt, end - 1, end - from, StringComparison.Ordinal)
            : at;
    }

    /// <summary>A URI in quotes ends at the last of these quotes, any other one at the next white space.</summary>
    private static int FindEnd(string text, int start, int authority, int limit)
    {
        if (start > 0 && text[start - 1] is '\'' or '"' or '`')
        {
            int quote = text.LastIndexOf(text[start - 1], limit - 1, limit - authority);
            return quote < 0 ? limit : quote;
        }

        int end = authority;
        while (end < limit && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return end;
    }

    /// <summary>Whether it is a host with or without a port. An IPv6 address has brackets.</summary>
    private static bool IsHost(ReadOnlySpan<char> text)
    {
        int colon = text.LastIndexOf(':');
        bool isBracketed = text.Length > 0 && text[0] == '[';
        if (colon >= 0 && (!isBracketed || text.LastIndexOf(']') < colon))
        {
            foreach (char c in text.Slice(colon + 1))
            {
                if (c is < '0' or > '9')
                {
                    return text.Slice(colon + 1).TrimEnd(".,;:)".AsSpan()).Length == 0;
                }
            }

            text = text.Slice(0, colon);
        }

        foreach (char c in text)
        {
            if (c == ':' && !isBracketed)
            {
                return false;
            }
        }

        return true;
    }
}
