using System;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Text;

/// <summary>
/// Validates credential ids. They are currently UUIDs; the contract does not guarantee that. Only ASCII characters that
/// ids commonly contain are allowed, so that no id can look like another one.
/// </summary>
internal static class CredentialIdRules
{
    /// <summary>The maximum length of an id, in UTF-16 code units.</summary>
    public const int MaxLength = 256;

    /// <summary>The characters that are allowed in addition to ASCII letters and digits.</summary>
    private const string Punctuation = "-._~:@+=/";

    private const string Quotes = "\"'`\u2018\u2019\u201A\u201B\u201C\u201D\u201E\u00AB\u00BB";
    private const string UrnPrefix = "urn:uuid:";

    /// <summary>
    /// Returns a UUID without the braces, parentheses, quotation marks, white space and <c>urn:uuid:</c> that other
    /// programs put around it. Every other id is returned as it is.
    /// </summary>
    public static string? Normalize(string? id)
    {
        if (id is null)
        {
            return null;
        }

        string inner = id.Trim();
        for (int before = -1; before != inner.Length;)
        {
            before = inner.Length;
            inner = RemovePair(inner).Trim();
        }

        if (inner.StartsWith(UrnPrefix, StringComparison.OrdinalIgnoreCase))
        {
            inner = inner.Substring(UrnPrefix.Length);
        }

        return Guid.TryParseExact(inner, "D", out _) ? inner : id;
    }

    /// <summary>
    /// Validates an id. Returns the error as a predicate, such as "is empty", or null if the id is valid.
    /// </summary>
    public static string? Validate(string? id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            return Messages.IsEmpty;
        }

        if (id!.Length > MaxLength)
        {
            return Messages.IdIsTooLong;
        }

        foreach (char c in id)
        {
            if (char.IsWhiteSpace(c))
            {
                return Messages.IdHasWhiteSpace;
            }

            if (Quotes.IndexOf(c) >= 0 || c is '{' or '}')
            {
                return Messages.IdHasQuote;
            }

            if (!IsAllowed(c))
            {
                return Messages.IdHasCharacter(c);
            }
        }

        return id.Trim('.').Length == 0 ? Messages.IdIsPeriods : null;
    }

    private static bool IsAllowed(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || Punctuation.IndexOf(c) >= 0;

    private static string RemovePair(string text)
    {
        if (text.Length < 2)
        {
            return text;
        }

        char first = text[0];
        char last = text[text.Length - 1];
        bool isPair = (first, last) is ('{', '}') or ('(', ')') or ('[', ']') or ('<', '>')
            || (Quotes.IndexOf(first) >= 0 && Quotes.IndexOf(last) >= 0);
        return isPair ? text.Substring(1, text.Length - 2) : text;
    }
}
