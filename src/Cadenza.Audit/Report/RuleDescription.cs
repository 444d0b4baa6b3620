using System.Collections.Generic;
using System.Linq;
using Cadenza.Audit.Rules;
using Cadenza.Client.Models;

namespace Cadenza.Audit.Report;

/// <summary>The texts of a rule in a report.</summary>
/// <param name="Rule">The id of the rule.</param>
/// <param name="Title">The title.</param>
/// <param name="Condition">
/// The condition for a finding. <c>{threshold}</c> stands for the number of days in the audit options.
/// </param>
/// <param name="Meaning">What a finding means and why it matters.</param>
/// <param name="Recommendation">How to correct a finding.</param>
internal sealed record RuleDescription(
    string Rule, string Title, string Condition, string Meaning, string Recommendation)
{
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
            FindingRule.Stale,
            "Not rotated",
            "The credential is not revoked and was not changed for {threshold} or longer.",
            "The longer keys are in use, the greater the risk that they were copied and the longer a leak "
                + "stays usable. The API does not record rotations. The audit therefore uses the last change of the "
                + "credential or, if there is none, its creation.",
            "Create new keys on the exchange, set them, and then delete the old keys on the exchange. The trading "
                + "accounts stay connected and use the new keys."),
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
    ];

    public string Severity => FindingRule.SeverityOf(Rule);

    public static RuleDescription Of(string rule) => All.First(description => description.Rule == rule);

    /// <summary>The condition with the number of days.</summary>
    public string ConditionFor(AuditOptions options) =>
        Condition.Replace("{threshold}", Quantity.Format(options.StaleAfterDays, "day"));
}
