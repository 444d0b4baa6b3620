using System;
using System.Collections.Generic;
using System.Linq;

namespace Cadenza.Sandbox.Faults;

/// <summary>The pages that a rule applies to: one page, the pages of a folder, or all.</summary>
internal static class EndpointPattern
{
    public const string All = "*";

    private static readonly string[] Pages =
    [
        "auth/login", "auth/token/refresh", "auth/logout", "auth/user", "health", "tradingAccount/list",
        "credential/list", "credential/create", "credential/rotate", "credential/revoke", "credential/verify",
    ];

    /// <summary>All patterns: all, the folders, and the pages.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        All,
        .. Pages.Where(static page => page.IndexOf('/') > 0)
            .Select(static page => page.Substring(0, page.IndexOf('/')) + "/*")
            .Distinct(StringComparer.Ordinal),
        .. Pages,
    ];

    public static bool IsValid(string? pattern)
    {
        if (string.Equals(pattern, All, StringComparison.Ordinal))
        {
            return true;
        }

        string? page = pattern is not null && pattern.EndsWith("/*", StringComparison.Ordinal)
            ? pattern.Substring(0, pattern.Length - 2)
            : pattern;
        // A pattern that matches no page would be a fault that never occurs, which hides a defect of the client.
        return !string.IsNullOrEmpty(page)
            && page!.IndexOf('*') < 0
            && Array.Exists(Pages, known => Matches(pattern!, known));
    }

    /// <param name="pattern">A valid pattern.</param>
    /// <param name="page">The path below the API's prefix.</param>
    public static bool Matches(string pattern, string page) =>
        pattern[pattern.Length - 1] == '*'
            ? page.StartsWith(pattern.Substring(0, pattern.Length - 1), StringComparison.Ordinal)
            : string.Equals(pattern, page, StringComparison.Ordinal);
}
