using System;
using System.Globalization;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Rules;

/// <summary>The rules: each takes one credential and adds a finding, or does not.</summary>
internal sealed class RuleEvaluator(AuditOptions options, bool areAccountsKnown)
{
    public void Evaluate(AuditedCredential row)
    {
        if (!row.IsLive)
        {
            EvaluateRevoked(row);
            return;
        }

        EvaluateStatus(row);
        EvaluateAge(row);
        EvaluateUse(row);
        EvaluateNickname(row);
    }

    private static void EvaluateRevoked(AuditedCredential row)
    {
        if (row.Accounts.Count == 0)
        {
            return;
        }

        string since = row.Credential.RevokedAt is DateTimeOffset time ? $"on {Date(time)}" : "already";
        string message = $"It was revoked {since}, and {row.Accounts.Format()} still {(row.Accounts.Count == 1 ? "lists" : "list")} it: "
            + "connect a new credential instead.";
        row.Add(FindingSeverity.High, FindingRule.RevokedInUse, message, FixCommand.Replace(row.Credential));
    }

    private static void EvaluateStatus(AuditedCredential row)
    {
        string status = row.Credential.Status ?? "";
        if (row.Group != CredentialStatusGroup.Broken)
        {
            return;
        }

        if (!status.Equals(CredentialStatus.Expired, StringComparison.OrdinalIgnoreCase))
        {
            string message = $"The status is {TextSanitizer.Sanitize(status)}{Since(row)}{UsedBy(row)}.";
            row.Add(FindingSeverity.High, FindingRule.Failed, message, FixCommand.VerifyOrRotate(row.Credential));
        }
        else
        {
            string message = $"The keys have expired{Since(row)}{UsedBy(row)}.";
            row.Add(FindingSeverity.High, FindingRule.Expired, message, FixCommand.Rotate(row.Credential));
        }
    }

    private void EvaluateAge(AuditedCredential row)
    {
        if (row.Age is not TimeSpan age || age.Days < options.StaleAfterDays)
        {
            return;
        }

        string message = $"It has not changed, so the keys were not rotated, for {Days(row.AgeDays!.Value)}, "
            + $"since {Date((row.Credential.UpdatedAt ?? row.Credential.CreatedAt)!.Value)}{UsedBy(row)}.";
        row.Add(FindingSeverity.Medium, FindingRule.Stale, message, FixCommand.Rotate(row.Credential));
    }

    private void EvaluateUse(AuditedCredential row)
    {
        if (!areAccountsKnown || row.Accounts.Count > 0)
        {
            return;
        }

        string message = row.Credential.CreatedAt is DateTimeOffset created
            ? $"No trading account uses it; it was created on {Date(created)}, {Days(WholeDays(created))} ago."
            : "No trading account uses it.";
        row.Add(FindingSeverity.Medium, FindingRule.Unused, message, FixCommand.Revoke(row.Credential));
    }

    /// <summary>The API cannot rename: the remedy is another credential, and to revoke this one once nothing uses it.</summary>
    private static void EvaluateNickname(AuditedCredential row)
    {
        if (!row.HasNickname)
        {
            const string Message = "It has no nickname, and the API cannot give it one later: create another with a nickname, then revoke this one.";
            row.Add(FindingSeverity.Low, FindingRule.NoNickname, Message, FixCommand.Replace(row.Credential));
        }
    }

    private static string Since(AuditedCredential row) => (row.Credential.UpdatedAt ?? row.Credential.CreatedAt) is DateTimeOffset time
        ? $"; last changed on {Date(time)}, {Days(row.AgeDays!.Value)} ago"
        : "";

    private static string UsedBy(AuditedCredential row) => row.Accounts.Count == 0 ? "" : $"; used by {row.Accounts.Format()}";

    private int WholeDays(DateTimeOffset time) => Math.Max(0, (int)Math.Floor((options.Now - time).TotalDays));

    private static string Days(int days) => days == 1 ? "1 day" : days.ToString(CultureInfo.InvariantCulture) + " days";

    private static string Date(DateTimeOffset time) => UtcTime.FormatDay(time);
}
