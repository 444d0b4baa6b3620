using System;

namespace Cadenza.Sandbox.Faults;

/// <summary>Which pages a rule is about: one, a folder's, or all.</summary>
internal static class EndpointPattern
{
    private static readonly string[] Pages =
    [
        "auth/login", "auth/token/refresh", "auth/logout", "auth/user", "health", "tradingAccount/list",
        "credential/list", "credential/create", "credential/rotate", "credential/revoke", "credential/verify",
    ];

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
        // One that matches no page would be a fault that never happens, which looks like a client that copes.
        return !string.IsNullOrEmpty(page) && page!.IndexOf('*') < 0 && Array.Exists(Pages, known => Matches(pattern!, known));
    }

    /// <param name="pattern">A valid pattern.</param>
    /// <param name="page">The path below the API's prefix.</param>
    public static bool Matches(string pattern, string page) =>
        pattern[pattern.Length - 1] == '*'
            ? page.StartsWith(pattern.Substring(0, pattern.Length - 1), StringComparison.Ordinal)
            : string.Equals(pattern, page, StringComparison.Ordinal);
}
