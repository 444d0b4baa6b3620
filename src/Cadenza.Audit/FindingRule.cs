using System;
using System.Collections.Generic;

namespace Cadenza.Audit;

/// <summary>The ids of the audit rules. They are stable, so that scripts can compare them.</summary>
public static class FindingRule
{
    /// <summary>
    /// The status, such as FAILED, means that the exchange rejects the keys, or that Cadenza cannot use them.
    /// </summary>
    public const string Failed = nameof(Failed);

    /// <summary>The status is EXPIRED: the keys have expired.</summary>
    public const string Expired = nameof(Expired);

    /// <summary>The credential is revoked, but a trading account still uses it.</summary>
    public const string RevokedInUse = nameof(RevokedInUse);

    /// <summary>
    /// The credential is not revoked and was not changed for <see cref="AuditOptions.StaleAfterDays"/> or longer.
    /// </summary>
    public const string Stale = nameof(Stale);

    /// <summary>The credential is not revoked, and no trading account uses it.</summary>
    public const string Unused = nameof(Unused);

    /// <summary>The credential is not revoked and has no nickname.</summary>
    public const string NoNickname = nameof(NoNickname);

    /// <summary>All rules, ordered by severity (highest first).</summary>
    public static IReadOnlyList<string> All { get; } = [Failed, Expired, RevokedInUse, Stale, Unused, NoNickname];

    /// <summary>The severity of the findings of a rule.</summary>
    internal static string SeverityOf(string rule) => rule switch
    {
        Failed or Expired or RevokedInUse => FindingSeverity.High,
        Stale or Unused => FindingSeverity.Medium,
        NoNickname => FindingSeverity.Low,
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "The rule does not exist."),
    };

    /// <summary>Whether the rule can be evaluated only if the trading accounts are available.</summary>
    internal static bool RequiresAccounts(string rule) => rule is Unused or RevokedInUse;
}
