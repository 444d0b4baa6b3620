using System;
using System.Linq;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Rules;

/// <summary>Evaluates the rules for one credential at a time and adds the findings to it.</summary>
internal sealed class RuleEvaluator(AuditOptions options, bool areAccountsKnown)
{
    public void Evaluate(AuditedCredential row)
    {
        if (row.IsRevoked)
        {
            EvaluateRevoked(row);
            return;
        }

        EvaluateStatus(row);
        EvaluateAge(row);
        EvaluateUse(row);
        EvaluateNickname(row);
    }

    private void EvaluateRevoked(AuditedCredential row)
    {
        if (row.Accounts.Count == 0)
        {
            return;
        }

        string revoked = row.Credential.RevokedAt is DateTimeOffset time
            ? $"was revoked on {UtcTime.FormatDay(time)}"
            : "is revoked";
        string uses = row.Accounts.Count == 1 ? "uses" : "use";
        string message = $"The credential {revoked}, but {row.Accounts.Format()} still {uses} it. "
            + "Create a new credential and connect it instead.";
        Add(row, FindingRule.RevokedInUse, message);
    }

    private void EvaluateStatus(AuditedCredential row)
    {
        if (row.Group != CredentialStatusGroup.Broken)
        {
            return;
        }

        string status = row.Credential.Status!;
        if (status.Equals(CredentialStatus.Expired, StringComparison.OrdinalIgnoreCase))
        {
            string message = Join("The keys have expired.", LastChange(row), UsedBy(row));
            Add(row, FindingRule.Expired, message);
        }
        else
        {
            string message = Join($"The status is {TextSanitizer.Sanitize(status)}.", LastChange(row), UsedBy(row));
            Add(row, FindingRule.Failed, message);
        }
    }

    private void EvaluateAge(AuditedCredential row)
    {
        if (row.Age is not TimeSpan age || age.Days < options.StaleAfterDays)
        {
            return;
        }

        string message = Join("The key rotation is overdue.", LastChange(row), UsedBy(row));
        Add(row, FindingRule.Stale, message);
    }

    private void EvaluateUse(AuditedCredential row)
    {
        if (areAccountsKnown && row.Accounts.Count == 0)
        {
            DateTimeOffset? time = row.Credential.CreatedAt;
            string? created = time is null ? null : $"Created on {FormatWithAge(time.Value)}.";
            string message = Join("No trading account uses the credential.", created);
            Add(row, FindingRule.Unused, message);
        }
    }

    private void EvaluateNickname(AuditedCredential row)
    {
        if (!row.HasNickname)
        {
            const string Message = "The credential has no nickname, and the API cannot add one. "
                + "Create a new credential with a nickname, and then revoke this one.";
            Add(row, FindingRule.NoNickname, Message);
        }
    }

    private void Add(AuditedCredential row, string rule, string message) =>
        row.Add(rule, message, options.FixCommands.ForOne(rule, row.Credential));

    private string? LastChange(AuditedCredential row) => (row.Credential.UpdatedAt, row.Credential.CreatedAt) switch
    {
        (DateTimeOffset updated, _) => $"Last changed on {FormatWithAge(updated)}.",
        (_, DateTimeOffset created) => $"Created on {FormatWithAge(created)}; no later change is recorded.",
        _ => null,
    };

    private static string? UsedBy(AuditedCredential row) =>
        row.Accounts.Count == 0 ? null : $"Used by {row.Accounts.Format()}.";

    private string FormatWithAge(DateTimeOffset time)
    {
        int days = (int)Math.Floor((options.Now - time).TotalDays);
        return $"{UtcTime.FormatDay(time)} ({(days <= 0 ? "today" : $"{Quantity.Format(days, "day")} ago")})";
    }

    private static string Join(params string?[] sentences) =>
        string.Join(" ", sentences.Where(static sentence => sentence is not null));
}
