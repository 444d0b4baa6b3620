using System.Collections.Generic;
using System.Linq;
using Cadenza.Audit.Rules;
using Cadenza.Client.Models;

namespace Cadenza.Audit.Report;

/// <summary>The texts of a rule in a report.</summary>
/// <param name="Rule">The id of the rule.</param>
/// <param name="Title">The title.</param>
/// <param name="Condition">
/// The condition for a finding. <c>{threshold}</c>, <c>{warning}</c>, and <c>{lifetimes}</c> stand for the numbers of
/// days in the audit options.
/// </param>
/// <param name="Meaning">What a finding means and why it matters.</param>
/// <param name="Recommendation">How to correct a finding.</param>
internal sealed record RuleDescription(
    string Rule, string Title, string Condition, string Meaning, string Recommendation)
{
    private const string AgeMeaning = "The API does not report rotations. The age starts at the last rotation that a "
        + "journal records or, without one, at the last change or the creation.";

    private const string RotateAdvice = "Create new keys on the exchange, set them, and then delete the old keys on "
        + "the exchange. The trading accounts stay connected and use the new keys.";

    private static IEnumerable<string> FailedStatuses => CredentialStatus.InGroup(CredentialStatusGroup.Broken)
        .Where(static status => status != CredentialStatus.Expired);

    public static IReadOnlyList<RuleDescription> All { get; } =
    [
        new(
            FindingRule.Failed,
            "Failed",
            $"The status is {string.Join(" or ", FailedStatuses)}.",
            "The exchange rejects the keys, or Cadenza cannot use them. Trading with these keys is interrupted.",
            "Verify the credential again. If the verification fails, create new keys on the exchange and set them. The "
                + "command for each credential does both."),
        new(
            FindingRule.Expired,
            "Expired",
            "The status is EXPIRED.",
            "The keys have expired on the exchange. Trading with these keys is interrupted.",
            "Create new keys on the exchange and set them. The trading accounts stay connected and use the new keys."),
        new(
            FindingRule.RevokedInUse,
            "Revoked but in use",
            "The credential is revoked, but a trading account uses it.",
            "A revoked credential cannot be restored. The trading accounts that still use it cannot trade.",
            "Create a new credential and connect the trading accounts to it. Make sure that the old keys are also "
                + "deleted on the exchange."),
        new(
            FindingRule.LifetimeOver,
            "Lifetime over",
            "The credential is not revoked, and the lifetime of its keys has ended: {lifetimes}.",
            "The keys are older than they may be. If the exchange enforces the lifetime, trading with these keys is "
                + "interrupted. " + AgeMeaning,
            RotateAdvice),
        new(
            FindingRule.LifetimeEnds,
            "Lifetime ends",
            "The credential is not revoked, and the lifetime of its keys ends within {warning}: {lifetimes}.",
            "Rotate the keys before their lifetime ends. " + AgeMeaning,
            RotateAdvice),
        new(
            FindingRule.Stale,
            "Stale",
            "The credential is not revoked, and its keys are {threshold} old or older.",
            "The longer keys are in use, the greater the risk that they were copied and the longer a leak "
                + "stays usable. " + AgeMeaning,
            RotateAdvice),
        new(
            FindingRule.SharedKey,
            "Shared key",
            "The credential is not revoked, and its masked API key is the same as that of another one at the venue.",
            "If two credentials have the same key, a rotation or a leak of one affects the other. The API returns only "
                + "the first characters of a key, so two different keys can look the same.",
            "Compare the keys on the exchange. If they are the same, create a separate key for each credential, and set "
                + "it. If they are not, ignore the finding."),
        new(
            FindingRule.Waiting,
            "Waiting",
            $"The status is {string.Join(" or ", CredentialStatus.InGroup(CredentialStatusGroup.Waiting))}, "
                + $"{Quantity.Format(AuditOptions.WaitingAfterDays, "day")} or longer after the creation.",
            "Nobody has verified the keys, so it is not known whether the exchange accepts them.",
            "Verify the credential. If nobody needs it, revoke it."),
        new(
            FindingRule.OtherStatus,
            "Other status",
            "The server reports no status, or one that does not say whether the keys work, such as INACTIVE.",
            "The audit cannot tell whether the exchange accepts the keys.",
            "Verify the credential to see whether the exchange accepts its keys."),
        new(
            FindingRule.Unused,
            "Unused",
            "The credential is not revoked, and no trading account uses it.",
            "Nobody is likely to notice the misuse of keys that are not in use.",
            "Revoke the credential, unless a trading account is still to be connected to it. A revoke is permanent. "
                + "Then delete the keys on the exchange."),
        new(
            FindingRule.NoNickname,
            "No nickname",
            "The credential is not revoked and has no nickname.",
            "Without a nickname, the owner and the purpose of a credential are hard to identify, in particular during "
                + "an incident.",
            "The API cannot rename a credential. Create a new credential with a nickname, connect the trading "
                + "accounts to it, and then revoke this one."),
        new(
            FindingRule.UnknownAge,
            "Unknown age",
            "The credential is not revoked, and the server does not report when it was created or changed.",
            "The audit cannot tell whether a rotation is due.",
            "Rotate the keys, unless you know when they were created."),
    ];

    public string Severity => FindingRule.SeverityOf(Rule);

    public static RuleDescription Of(string rule) => All.First(description => description.Rule == rule);

    /// <summary>The condition with the numbers of days.</summary>
    public string ConditionFor(AuditOptions options) => Condition
        .Replace("{threshold}", Quantity.Format(options.StaleAfterDays, "day"))
        .Replace("{warning}", Quantity.Format(options.LifetimeWarningDays, "day"))
        .Replace("{lifetimes}", LifetimeText.Format(options.Lifetimes));
}
