using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Impact;

/// <summary>The sentences about trading accounts that a revoke concerns. One line each, fit for a terminal.</summary>
internal static class ImpactText
{
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
        string text = "trading accounts unknown: " + TextTruncation.Truncate(TextSanitizer.Sanitize(reason).TrimEnd('.', ' '), MaxReason);
        return users.Count == 0 ? text : $"{text}; at least {Format(users)}";
    }

    private static string Format(IReadOnlyList<TradingAccount> users) => AccountPhrase.Format([.. users.Select(AccountPhrase.NameOf)], MaxName);
}
