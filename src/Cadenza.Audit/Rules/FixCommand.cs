using System.Text;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Rules;

/// <summary>
/// The PowerShell commands that correct findings. Values from the server are single-quoted, so that PowerShell does not
/// evaluate them.
/// </summary>
internal static class FixCommand
{
    /// <summary>
    /// Verifies the keys and, only if the exchange still rejects them, prompts for new keys and sets them.
    /// </summary>
    public static string VerifyOrRotate(CadenzaCredential credential)
    {
        string test = $"Test-CadenzaCredential -CredentialId {Quote(credential.CredentialId)} -Quiet";
        return $"if (({test}) -eq $false) {{ {Rotate(credential)} }}";
    }

    /// <summary>Prompts for new keys and sets them.</summary>
    public static string Rotate(CadenzaCredential credential) =>
        $"Update-CadenzaCredential -CredentialId {Quote(credential.CredentialId)}{Keys(credential.Venue)}";

    /// <summary>Revokes the credential.</summary>
    public static string Revoke(CadenzaCredential credential) =>
        $"Revoke-CadenzaCredential -CredentialId {Quote(credential.CredentialId)}";

    /// <summary>Creates a credential to replace this one. Prompts for the keys and for missing values.</summary>
    public static string Replace(CadenzaCredential credential)
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
