using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Models;

namespace Cadenza.Audit.Rules;

/// <summary>The names of trading accounts in messages.</summary>
internal static class AccountPhrase
{
    /// <summary>The maximum number of names in a message.</summary>
    private const int MaxNamed = 5;

    /// <summary>The name of an account. Not sanitized.</summary>
    public static string NameOf(TradingAccount account) => (account.Nickname?.Trim(), account.TradingAccountId) switch
    {
        ({ Length: > 0 } name, _) => name,
        (_, { Length: > 0 } id) => "account " + id,
        _ => "an account without a name",
    };

    /// <summary>
    /// The number of accounts and the first names, such as <c>2 trading accounts (Main SPOT, Main MARGIN)</c>.
    /// </summary>
    public static string Format(IReadOnlyCollection<string> names)
    {
        string first = string.Join(", ", names.Take(MaxNamed).Select(TextSanitizer.Sanitize));
        string rest = names.Count > MaxNamed ? $" and {names.Count - MaxNamed} more" : "";
        return $"{Quantity.Format(names.Count, "trading account")} ({first}{rest})";
    }
}
