using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Rules;

/// <summary>Evaluates the rules for one credential at a time and adds the findings to it.</summary>
internal sealed class RuleEvaluator(AuditOptions options, SharedKeys keys, bool areAccountsKnown)
{
    /// <summary>The number of credentials that a message names.</summary>
    private const int MaxNames = 3;

    public void Evaluate(AuditedCredential row)
    {
        if (row.IsRevoked)
        {
            EvaluateRevoked(row);
            return;
        }

        EvaluateStatus(row);
        EvaluateAge(row);
        EvaluateKey(row);
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
        switch (row.Group)
        {
            case CredentialStatusGroup.Broken when IsExpired(row.Credential):
                Add(row, FindingRule.Expired, Join("The keys have expired.", LastChange(row), UsedBy(row)));
                break;
            case CredentialStatusGroup.Broken:
                Add(row, FindingRule.Failed, Join(StatusOf(row), LastChange(row), UsedBy(row)));
                break;
            case CredentialStatusGroup.Waiting when !WasCreatedRecently(row.Credential):
                const string Waiting = "The keys are not verified yet.";
                Add(row, FindingRule.Waiting, Join(StatusOf(row), Waiting, Creation(row), UsedBy(row)));
                break;
            case CredentialStatusGroup.Other:
                Add(row, FindingRule.OtherStatus, Join(OtherStatusOf(row), UsedBy(row)));
                break;
        }
    }

    private void EvaluateAge(AuditedCredential row)
    {
        if (row.AgeDays is not int age)
        {
            const string Message = "The server does not report when the credential was created or changed, so the age "
                + "of its keys is not known.";
            Add(row, FindingRule.UnknownAge, Message);
        }
        else if (row.LifetimeDays is int lifetime)
        {
            EvaluateLifetime(row, lifetime, lifetime - age);
        }
        else if (age >= options.StaleAfterDays)
        {
            Add(row, FindingRule.Stale, Join("The key rotation is overdue.", LastChange(row), UsedBy(row)));
        }
    }

    private void EvaluateLifetime(AuditedCredential row, int lifetime, int remaining)
    {
        string limit = $"The lifetime of the keys ({Quantity.Format(lifetime, "day")})";
        if (remaining <= 0)
        {
            string end = remaining == 0 ? "ended today" : $"ended {Quantity.Format(-remaining, "day")} ago";
            Add(row, FindingRule.LifetimeOver, Join($"{limit} {end}.", LastChange(row), UsedBy(row)));
        }
        else if (remaining <= options.LifetimeWarningDays)
        {
            string end = $"ends in {Quantity.Format(remaining, "day")}";
            Add(row, FindingRule.LifetimeEnds, Join($"{limit} {end}.", LastChange(row), UsedBy(row)));
        }
    }

    private void EvaluateKey(AuditedCredential row)
    {
        if (keys.Find(row) is not { Count: > 1 } same)
        {
            return;
        }

        string id = row.Credential.CredentialId;
        IEnumerable<string> others = same
            .Where(other => !CredentialIdComparer.Instance.Equals(other.Credential.CredentialId, id))
            .Take(MaxNames)
            .Select(NameOf);
        int unnamed = same.Count - 1 - MaxNames;
        string more = unnamed > 0 ? $" and {Quantity.Format(unnamed)} more" : "";
        string names = string.Join(", ", others);
        Add(row, FindingRule.SharedKey, $"The masked API key is the same as that of {names}{more}.");
    }

    private void EvaluateUse(AuditedCredential row)
    {
        if (areAccountsKnown && row.Accounts.Count == 0)
        {
            Add(row, FindingRule.Unused, Join("No trading account uses the credential.", Creation(row)));
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

    private static bool IsExpired(CadenzaCredential credential) =>
        credential.Status!.Equals(CredentialStatus.Expired, StringComparison.OrdinalIgnoreCase);

    private bool WasCreatedRecently(CadenzaCredential credential) =>
        options.Now - (credential.CreatedAt ?? credential.UpdatedAt)
            < TimeSpan.FromDays(AuditOptions.WaitingAfterDays);

    private static string StatusOf(AuditedCredential row) =>
        $"The status is {TextSanitizer.Sanitize(row.Credential.Status!)}.";

    private static string OtherStatusOf(AuditedCredential row) => string.IsNullOrEmpty(row.Credential.Status)
        ? "The server does not report a status, so it is not known whether the exchange accepts the keys."
        : $"The status {TextSanitizer.Sanitize(row.Credential.Status!)} does not say whether the exchange accepts the "
            + "keys.";

    private static string NameOf(AuditedCredential row) => DisplayName.Format(
        row.Credential.Venue, row.Credential.Nickname, row.Credential.CredentialId);

    private string? LastChange(AuditedCredential row) => row.Origin switch
    {
        { Source: AgeSource.Rotation } origin => $"Last rotated on {FormatWithAge(origin.Time)}, as a journal records.",
        { Source: AgeSource.Change } origin => $"Last changed on {FormatWithAge(origin.Time)}.",
        { } origin => $"Created on {FormatWithAge(origin.Time)}; no later change is recorded.",
        _ => null,
    };

    private string? Creation(AuditedCredential row) =>
        row.Credential.CreatedAt is DateTimeOffset time ? $"Created on {FormatWithAge(time)}." : null;

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
