using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Impact;

/// <summary>The sentences about trading accounts that a revoke concerns. One line each, fit for a terminal.</summary>
internal static class ImpactText
{
    /// <summary>How many accounts a sentence names.</summary>
    private const int MaxNamed = 5;

    /// <summary>The longest name and the longest reason that a question holds, in UTF-16 code units.</summary>
    private const int MaxName = 40;
    private const int MaxReason = 240;

    public const string Revoked = "is revoked already";

    /// <summary>Of an id and nothing else: it may be misspelt.</summary>
    public const string NotLookedUp = "disconnects no trading account; whether there is such a credential was not looked up";

    public static string Disconnects(IReadOnlyList<TradingAccount> users) =>
        users.Count == 0 ? "disconnects no trading account" : "disconnects " + Format(users);

    public static string Unknown(string reason, IReadOnlyList<TradingAccount> users)
    {
        string text = "trading accounts unknown: " + Cut(TextSanitizer.Sanitize(reason).TrimEnd('.', ' '), MaxReason);
        return users.Count == 0 ? text : $"{text}; at least {Format(users)}";
    }

    /// <summary>How many accounts, and the first of their names.</summary>
    private static string Format(IReadOnlyList<TradingAccount> users)
    {
        string count = users.Count == 1 ? "1 trading account" : FormattableString.Invariant($"{users.Count} trading accounts");
        string names = string.Join(", ", users.Take(MaxNamed).Select(NameOf));
        string rest = users.Count > MaxNamed ? FormattableString.Invariant($" and {users.Count - MaxNamed} more") : "";
        return $"{count} ({names}{rest})";
    }

    private static string NameOf(TradingAccount account) => (account.Nickname?.Trim(), account.TradingAccountId) switch
    {
        ({ Length: > 0 } name, _) => Cut(TextSanitizer.Sanitize(name), MaxName),
        (_, { Length: > 0 } id) => "account " + Cut(TextSanitizer.Sanitize(id), MaxName),
        _ => "an account without a name",
    };

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        // Never half of a surrogate pair.
        int end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text.Substring(0, end).TrimEnd() + "\u2026";
    }
}
