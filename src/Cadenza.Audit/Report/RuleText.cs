using System.Collections.Generic;
using System.Globalization;

namespace Cadenza.Audit.Report;

/// <summary>What a report says of a rule.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Severity">The severity of its findings.</param>
/// <param name="Title">What its findings have in common.</param>
/// <param name="Condition">What is looked for, with a place for the days after which rotation is due.</param>
/// <param name="Meaning">What is found, and why it matters.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record RuleText(string Rule, FindingSeverity Severity, string Title, string Condition, string Meaning, string Remedy)
{
    private const string NewKeys =
        " | ForEach-Object { Update-CadenzaCredential -CredentialId $_.CredentialId -ApiCredential (Get-Credential -Message \"New keys: $($_.Venue) $($_.Nickname)\") }";

    public static IReadOnlyList<RuleText> All { get; } =
    [
        new(
            FindingRule.Failed,
            FindingSeverity.High,
            "Failed",
            "The status is FAILED or ERROR.",
            "The exchange does not accept the keys, or Cadenza cannot use them. Whatever trades with them stands still.",
            "Verify again; where that fails, create new keys on the exchange and set them. The line of each credential does both, in this order."),
        new(
            FindingRule.Expired,
            FindingSeverity.High,
            "Expired",
            "The status is EXPIRED.",
            "The keys have reached the end of their life on the exchange.",
            "Create new keys on the exchange and set them. Connected trading accounts go on with the new ones."),
        new(
            FindingRule.RevokedInUse,
            FindingSeverity.High,
            "Revoked, still in use",
            "It is revoked, and a trading account lists it.",
            "A credential that was revoked for good is still listed by a trading account, which cannot trade with it.",
            "Create a new credential and connect the account with it. Make sure that the old key is revoked on the exchange, too."),
        new(
            FindingRule.Stale,
            FindingSeverity.Medium,
            "Not rotated",
            "It is live and has not changed for {days} days or longer.",
            "The longer keys live, the more copies of them there are, and the longer a leak goes on working. The API does not tell when keys were "
                + "rotated: the last change of the credential is what is counted from, or its creation.",
            "Create new keys on the exchange, set them, then delete the old ones on the exchange. Connected trading accounts go on with the new ones."),
        new(
            FindingRule.Unused,
            FindingSeverity.Medium,
            "Unused",
            "It is live, and no trading account lists it.",
            "No trading account lists the credential. Keys that nobody uses are keys whose misuse nobody notices.",
            "Revoke it, for good, unless it waits for its account to be connected; then revoke the key on the exchange, too."),
        new(
            FindingRule.NoNickname,
            FindingSeverity.Low,
            "No nickname",
            "It is live and has no nickname.",
            "Nobody can tell whose the credential is and what it is for, least of all in the minute when it must be revoked.",
            "The API cannot rename a credential: create another one with a nickname, connect its accounts with it, then revoke this one."),
    ];

    /// <summary>What is looked for.</summary>
    public string ConditionFor(AuditOptions options) => Condition.Replace("{days}", options.StaleAfterDays.ToString(CultureInfo.InvariantCulture));

    /// <summary>One line that goes through all findings of the rule. It asks where a single line would ask.</summary>
    public string ForAll(string findingCommand) => $"{findingCommand} | Where-Object Rule -EQ '{Rule}'" + Rule switch
    {
        FindingRule.Failed => " | Test-CadenzaCredential",
        FindingRule.Expired or FindingRule.Stale => NewKeys,
        FindingRule.Unused => " | Revoke-CadenzaCredential",
        FindingRule.RevokedInUse =>
            " | ForEach-Object { New-CadenzaCredential -Venue $_.Venue -Nickname $_.Nickname -ApiCredential (Get-Credential -Message \"$($_.Venue) $($_.Nickname)\") }",
        _ => " | ForEach-Object { New-CadenzaCredential -Venue $_.Venue -Nickname (Read-Host \"Nickname instead of $($_.CredentialId)\") -ApiCredential (Get-Credential) }",
    };
}
