using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Impact;

/// <summary>The texts about the effect of a revoke: one line each, sanitized for a terminal.</summary>
internal static class ImpactText
{
    public const string Revoked = "is already revoked";

    /// <summary>For an input that is only an id, which may be misspelled.</summary>
    public const string ExistenceNotChecked =
        "disconnects no trading account; it was not checked whether the credential exists";

    /// <summary>The maximum length of an account name, in UTF-16 code units.</summary>
    private const int MaxNameLength = 40;

    /// <summary>The maximum length of the reason, in UTF-16 code units.</summary>
    private const int MaxReasonLength = 240;

    /// <summary>The server may refuse the revoke if an account is active, so the text says so.</summary>
    public static string Disconnects(IReadOnlyList<TradingAccount> users)
    {
        if (users.Count == 0)
        {
            return "disconnects no trading account";
        }

        int active = users.Count(static account => !TradingAccountStatus.IsIdle(account.Status));
        string who = users.Count == 1 ? "it" : FormattableString.Invariant($"{active} of them");
        string refusal = active == 0 ? "" : $"; may be refused, because {who} may be active";
        return "disconnects " + Format(users) + refusal;
    }

    public static string UnknownEffect(string reason) =>
        "effect unknown: " + TextTruncation.Truncate(TextSanitizer.Sanitize(reason).TrimEnd('.', ' '), MaxReasonLength);

    public static string Unknown(string reason, IReadOnlyList<TradingAccount> users)
    {
        string sanitized = TextSanitizer.Sanitize(reason).TrimEnd('.', ' ');
        string text = "trading accounts unknown: " + TextTruncation.Truncate(sanitized, MaxReasonLength);
        return users.Count == 0 ? text : $"{text}; at least {Format(users)}";
    }

    private static string Format(IReadOnlyList<TradingAccount> users) =>
        AccountPhrase.Format([.. users.Select(AccountPhrase.NameOf)], MaxNameLength);
}
