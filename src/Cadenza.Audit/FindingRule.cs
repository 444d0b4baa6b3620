using System.Collections.Generic;

namespace Cadenza.Audit;

/// <summary>The ids of the rules of the audit. They stay as they are: scripts compare them.</summary>
public static class FindingRule
{
    /// <summary>The exchange does not accept the keys, or Cadenza cannot use them: status FAILED or ERROR.</summary>
    public const string Failed = nameof(Failed);

    /// <summary>The keys have expired: status EXPIRED.</summary>
    public const string Expired = nameof(Expired);

    /// <summary>Revoked, and a trading account lists it all the same.</summary>
    public const string RevokedInUse = nameof(RevokedInUse);

    /// <summary>Not revoked, and not changed for <see cref="AuditOptions.StaleAfterDays"/> or longer.</summary>
    public const string Stale = nameof(Stale);

    /// <summary>Not revoked, and no trading account lists it.</summary>
    public const string Unused = nameof(Unused);

    /// <summary>Not revoked, and without a nickname.</summary>
    public const string NoNickname = nameof(NoNickname);

    /// <summary>Every rule, the gravest first.</summary>
    public static IReadOnlyList<string> All { get; } = [Failed, Expired, RevokedInUse, Stale, Unused, NoNickname];

    /// <summary>The rules that only the list of trading accounts can judge.</summary>
    internal static bool NeedsAccounts(string rule) => rule is Unused or RevokedInUse;
}
