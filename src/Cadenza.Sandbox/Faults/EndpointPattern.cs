using System;

namespace Cadenza.Sandbox.Faults;

/// <summary>Which pages a rule is about: one, a folder's, or all.</summary>
internal static class EndpointPattern
{
    public const string All = "*";

    public static bool IsValid(string? pattern)
    {
        if (string.Equals(pattern, All, StringComparison.Ordinal))
        {
            return true;
        }

        var page = pattern is not null && pattern.EndsWith("/*", StringComparison.Ordinal)
            ? pattern.Substring(0, pattern.Length - 2)
            : pattern;
        return !string.IsNullOrEmpty(page)
            && page![0] != '/'
            && page[page.Length - 1] != '/'
            && Array.TrueForAll(page.ToCharArray(), static c => c is not ('*' or ':' or ',' or '?' or '"') && !char.IsWhiteSpace(c));
    }

    /// <param name="pattern">A valid pattern.</param>
    /// <param name="page">The path below the API's prefix.</param>
    public static bool Matches(string pattern, string page) =>
        pattern[pattern.Length - 1] == '*'
            ? page.StartsWith(pattern.Substring(0, pattern.Length - 1), StringComparison.Ordinal)
            : string.Equals(pattern, page, StringComparison.Ordinal);
}
