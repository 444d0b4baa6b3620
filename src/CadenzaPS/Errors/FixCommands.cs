using System;
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
internal sealed class FixCommands(int staleAfterDays) : IFixCommands
{
    private const string NewKeys = "-ApiCredential (Get-Credential -Message \"New keys: $($_.Venue) $($_.Nickname)\")";

    /// <inheritdoc/>
    public string ForOne(string rule, CadenzaCredential credential) => rule switch
    {
        FindingRule.Failed => VerifyOrRotate(credential),
        FindingRule.Expired or FindingRule.Stale => Rotate(credential),
        FindingRule.Unused => Revoke(credential),
        _ => Replace(credential),
    };

    /// <inheritdoc/>
    public string ForAll(string rule)
    {
        string threshold = staleAfterDays == AuditOptions.DefaultStaleAfterDays
            ? ""
            : FormattableString.Invariant($" -StaleAfterDays {staleAfterDays}");
        return $"Get-CadenzaCredentialFinding{threshold} | Where-Object Rule -EQ '{rule}' | {CorrectAll(rule)}";
    }

    /// <inheritdoc/>
    public string SelectorOf(string rule) => $"-Rule {rule}";

    private static string CorrectAll(string rule) => rule switch
    {
        FindingRule.Failed => "Test-CadenzaCredential",
        FindingRule.Expired or FindingRule.Stale =>
            $"ForEach-Object {{ Update-CadenzaCredential -CredentialId $_.CredentialId {NewKeys} }}",
        FindingRule.Unused => "Revoke-CadenzaCredential",
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
        string test = $"Test-CadenzaCredential -CredentialId {Quote(credential.CredentialId)} -Quiet";
        return $"if (({test}) -eq $false) {{ {Rotate(credential)} }}";
    }

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
