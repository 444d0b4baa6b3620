using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Models;

namespace Cadenza.Client.Text;

/// <summary>Names of trading accounts in sentences.</summary>
public static class AccountPhrase
{
    /// <summary>How many accounts a sentence names.</summary>
    private const int MaxNamed = 5;

    /// <summary>The name of an account, as people know it. Not yet fit for a terminal.</summary>
    public static string NameOf(TradingAccount account) => (account.Nickname?.Trim(), account.TradingAccountId) switch
    {
        ({ Length: > 0 } name, _) => name,
        (_, { Length: > 0 } id) => "account " + id,
        _ => "an account without a name",
    };

    /// <summary>How many accounts, and the first of their names: <c>2 trading accounts (Main SPOT, Main MARGIN)</c>.</summary>
    /// <param name="names">The names.</param>
    /// <param name="maxName">The longest name, in UTF-16 code units.</param>
    public static string Format(IReadOnlyCollection<string> names, int maxName = int.MaxValue)
    {
        string count = names.Count == 1 ? "1 trading account" : FormattableString.Invariant($"{names.Count} trading accounts");
        string first = string.Join(", ", names.Take(MaxNamed).Select(name => TextTruncation.Truncate(TextSanitizer.Sanitize(name), maxName)));
        string rest = names.Count > MaxNamed ? FormattableString.Invariant($" and {names.Count - MaxNamed} more") : "";
        return $"{count} ({first}{rest})";
    }
}
