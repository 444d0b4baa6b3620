using System;

namespace Cadenza.Audit.Rules;

/// <summary>The order of rows and findings. It does not depend on the culture or on the order of the server.</summary>
internal static class InventoryOrder
{
    public static int CompareRows(AuditedCredential left, AuditedCredential right) => Compare(
        (left.Credential.Venue, left.Credential.Nickname, left.Credential.CredentialId),
        (right.Credential.Venue, right.Credential.Nickname, right.Credential.CredentialId));

    public static int CompareFindings(CredentialFinding left, CredentialFinding right)
    {
        int order = FindingSeverity.RankOf(right.Severity).CompareTo(FindingSeverity.RankOf(left.Severity));
        if (order == 0)
        {
            order = Compare(
                (left.Venue, left.Nickname, left.CredentialId), (right.Venue, right.Nickname, right.CredentialId));
        }

        return order != 0 ? order : string.CompareOrdinal(left.Rule, right.Rule);
    }

    private static int Compare(
        (string? Venue, string? Nickname, string Id) left, (string? Venue, string? Nickname, string Id) right)
    {
        int order = CompareText(left.Venue, right.Venue);
        order = order != 0 ? order : CompareText(left.Nickname, right.Nickname);
        return order != 0 ? order : CompareText(left.Id, right.Id);
    }

    /// <summary>Compares without regard to case first. Empty values come last.</summary>
    private static int CompareText(string? left, string? right)
    {
        bool hasLeft = !string.IsNullOrEmpty(left);
        if (hasLeft != !string.IsNullOrEmpty(right))
        {
            return hasLeft ? -1 : 1;
        }

        int order = string.Compare(left, right, StringComparison.OrdinalIgnoreCase);
        return order != 0 ? order : string.CompareOrdinal(left, right);
    }
}
