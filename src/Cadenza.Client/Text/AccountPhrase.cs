using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Models;

namespace Cadenza.Client.Text;

/// <summary>Formats trading accounts for messages.</summary>
internal static class AccountPhrase
{
    /// <summary>The maximum number of accounts that a message names.</summary>
    private const int MaxNamed = 5;

    /// <summary>Gets the name of an account. The result is not sanitized.</summary>
    public static string NameOf(TradingAccount account) => (account.Nickname?.Trim(), account.TradingAccountId) switch
    {
        ({ Length: > 0 } name, _) => name,
        (_, { Length: > 0 } id) => "account " + id,
        _ => "an account without a name",
    };

    /// <summary>
    /// Formats the number of accounts and the first names, such as
    /// <c>2 trading accounts ('Main SPOT', 'Main MARGIN')</c>. Names are sanitized, truncated and quoted.
    /// </summary>
    /// <param name="names">The names.</param>
    /// <param name="maxName">The maximum length of a name, in UTF-16 code units.</param>
    public static string Format(IReadOnlyCollection<string> names, int maxName = CredentialName.MaxNameLength)
    {
        string count = names.Count == 1
            ? "1 trading account"
            : FormattableString.Invariant($"{names.Count} trading accounts");
        string first = string.Join(
            ", ", names.Take(MaxNamed).Select(name => CredentialName.Quote(name, maxName)));
        string rest = names.Count > MaxNamed ? FormattableString.Invariant($" and {names.Count - MaxNamed} more") : "";
        return $"{count} ({first}{rest})";
    }
}
