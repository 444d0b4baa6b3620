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

    /// <summary>The lifetime of the keys has ended.</summary>
    public const string LifetimeOver = nameof(LifetimeOver);

    /// <summary>The lifetime of the keys ends soon.</summary>
    public const string LifetimeEnds = nameof(LifetimeEnds);

    /// <summary>
    /// The credential is not revoked and was not changed for <see cref="AuditOptions.StaleAfterDays"/> or longer.
    /// </summary>
    public const string Stale = nameof(Stale);

    /// <summary>The credential may have the same API key as another one.</summary>
    public const string SharedKey = nameof(SharedKey);

    /// <summary>
    /// The status, such as PENDING, means that the keys are not verified, a day or longer after the creation.
    /// </summary>
    public const string Waiting = nameof(Waiting);

    /// <summary>The status does not say whether the keys work: it is unknown, or there is none.</summary>
    public const string OtherStatus = nameof(OtherStatus);

    /// <summary>The credential is not revoked, and no trading account uses it.</summary>
    public const string Unused = nameof(Unused);

    /// <summary>The credential is not revoked and has no nickname.</summary>
    public const string NoNickname = nameof(NoNickname);

    /// <summary>The credential is not revoked, and the age of its keys is not known.</summary>
    public const string UnknownAge = nameof(UnknownAge);

    /// <summary>All rules, ordered by severity (highest first).</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Failed, Expired, RevokedInUse, LifetimeOver, LifetimeEnds, Stale, SharedKey, Waiting, OtherStatus, Unused,
        NoNickname, UnknownAge,
    ];

    /// <summary>The severity of the findings of a rule.</summary>
    internal static string SeverityOf(string rule) => rule switch
    {
        Failed or Expired or RevokedInUse or LifetimeOver => FindingSeverity.High,
        LifetimeEnds or Stale or SharedKey or Waiting or OtherStatus or Unused => FindingSeverity.Medium,
        NoNickname or UnknownAge => FindingSeverity.Low,
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "The rule does not exist."),
    };

    /// <summary>Whether the rule can be evaluated only if the trading accounts are available.</summary>
    internal static bool RequiresAccounts(string rule) => rule is Unused or RevokedInUse;

    /// <summary>Whether the rule can be evaluated only if keys have a lifetime.</summary>
    internal static bool RequiresLifetimes(string rule) => rule is LifetimeOver or LifetimeEnds;
}
