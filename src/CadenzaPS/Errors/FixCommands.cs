using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Cadenza.Audit;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace CadenzaPS.Errors;

/// <summary>
/// The commands that correct the findings of an audit. Values from the server are single-quoted, so that PowerShell
/// does not evaluate them.
/// </summary>
/// <param name="staleAfterDays">The number of days without a change after which the audit reports a credential.</param>
/// <param name="lifetimes">The lifetimes of keys; null for none.</param>
/// <param name="warningDays">The number of days before the end of a lifetime from which it is reported.</param>
/// <param name="journal">The path of the journals that record rotations; null for none.</param>
internal sealed class FixCommands(
    int staleAfterDays,
    KeyLifetimes? lifetimes = null,
    int warningDays = AuditOptions.DefaultLifetimeWarningDays,
    string? journal = null) : IFixCommands
{
    private const string NewKeys = "-ApiCredential (Get-Credential -Message \"New keys: $($_.Venue) $($_.Nickname)\")";

    /// <inheritdoc/>
    public string ForOne(string rule, CadenzaCredential credential) => rule switch
    {
        FindingRule.Failed => VerifyOrRotate(credential),
        FindingRule.Unused => Revoke(credential),
        FindingRule.Waiting or FindingRule.OtherStatus => Verify(credential),
        _ when IsCorrectedByRotation(rule) => Rotate(credential),
        _ => Replace(credential),
    };

    /// <inheritdoc/>
    public string ForAll(string rule)
    {
        var arguments = new StringBuilder();
        if (staleAfterDays != AuditOptions.DefaultStaleAfterDays)
        {
            arguments.Append(FormattableString.Invariant($" -StaleAfterDays {staleAfterDays}"));
        }

        if (lifetimes is not null)
        {
            arguments.Append(" -KeyLifetimeDays ").Append(Literal(lifetimes));
        }

        if (warningDays != AuditOptions.DefaultLifetimeWarningDays)
        {
            arguments.Append(FormattableString.Invariant($" -LifetimeWarningDays {warningDays}"));
        }

        if (journal is not null)
        {
            arguments.Append(" -JournalPath ").Append(Quote(journal));
        }

        return $"Get-CadenzaCredentialFinding{arguments} | Where-Object Rule -EQ '{rule}' | {CorrectAll(rule)}";
    }

    /// <inheritdoc/>
    public string SelectorOf(string rule) => $"-Rule {rule}";

    private static bool IsCorrectedByRotation(string rule) => rule is FindingRule.Expired or FindingRule.Stale
        or FindingRule.LifetimeOver or FindingRule.LifetimeEnds or FindingRule.SharedKey or FindingRule.UnknownAge;

    /// <summary>A number of days, or a hashtable by venue.</summary>
    private static string Literal(KeyLifetimes lifetimes)
    {
        if (lifetimes.Uniform is int days)
        {
            return days.ToString(CultureInfo.InvariantCulture);
        }

        IEnumerable<string> venues = lifetimes.All.Select(static venue =>
            FormattableString.Invariant($"{Quote(venue.Key)} = {venue.Value}"));
        return $"@{{ {string.Join("; ", venues)} }}";
    }

    private static string CorrectAll(string rule) => rule switch
    {
        FindingRule.Failed or FindingRule.Waiting or FindingRule.OtherStatus => "Test-CadenzaCredential",
        FindingRule.Unused => "Revoke-CadenzaCredential",
        _ when IsCorrectedByRotation(rule) =>
            $"ForEach-Object {{ Update-CadenzaCredential -CredentialId $_.CredentialId {NewKeys} }}",
        FindingRule.RevokedInUse =>
            $"ForEach-Object {{ New-CadenzaCredential -Venue $_.Venue -Nickname $_.Nickname {NewKeys} }}",
        _ => "ForEach-Object { New-CadenzaCredential -Venue $_.Venue"
            + " -Nickname (Read-Host \"Nickname that replaces $($_.CredentialId)\") -ApiCredential (Get-Credential) }",
    };

    /// <summary>
    /// Verifies the keys and, only if the exchange still rejects them, prompts for new keys and sets them.
    /// </summary>
    private static string VerifyOrRotate(CadenzaCredential credential)
    {
        string test = $"{Verify(credential)} -Quiet";
        return $"if (({test}) -eq $false) {{ {Rotate(credential)} }}";
    }

    private static string Verify(CadenzaCredential credential) =>
        $"Test-CadenzaCredential -CredentialId {Quote(credential.CredentialId)}";

    /// <summary>Prompts for new keys and sets them.</summary>
    private static string Rotate(CadenzaCredential credential) =>
        $"Update-CadenzaCredential -CredentialId {Quote(credential.CredentialId)}{Keys(credential.Venue)}";

    /// <summary>Revokes the credential.</summary>
    private static string Revoke(CadenzaCredential credential) =>
        $"Revoke-CadenzaCredential -CredentialId {Quote(credential.CredentialId)}";

    /// <summary>Creates a credential to replace this one. Prompts for the keys and for missing values.</summary>
    private static string Replace(CadenzaCredential credential)
    {
        string venue = QuoteOrPrompt(credential.Venue, "Venue");
        string nickname = QuoteOrPrompt(credential.Nickname, "Nickname");
        return $"New-CadenzaCredential -Venue {venue} -Nickname {nickname}{Keys(credential.Venue)}";
    }

    /// <summary>
    /// Quotes a text. PowerShell also accepts typographic single quotes as delimiters, so they are doubled as well.
    /// </summary>
    public static string Quote(string text)
    {
        var literal = new StringBuilder("'", text.Length + 8);
        foreach (char c in TextSanitizer.Sanitize(text))
        {
            literal.Append(c, c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? 2 : 1);
        }

        return literal.Append('\'').ToString();
    }

    private static string QuoteOrPrompt(string? text, string name) =>
        string.IsNullOrWhiteSpace(text) ? $"(Read-Host '{name}')" : Quote(text!);

    private static string Keys(string? venue) => Venues.HasPassphrase(venue)
        ? " -ApiCredential (Get-Credential) -ApiPassphrase (Read-Host 'Passphrase' -AsSecureString)"
        : " -ApiCredential (Get-Credential)";
}
