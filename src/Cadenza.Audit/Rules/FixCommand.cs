using System.Text;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Rules;

/// <summary>Ready PowerShell lines. What comes from the server stands in single quotes, where PowerShell takes nothing for code.</summary>
internal static class FixCommand
{
    /// <summary>Verifies and, only where the exchange still refuses the keys, sets new ones.</summary>
    public static string VerifyOrRotate(CadenzaCredential credential) =>
        $"if ((Test-CadenzaCredential -CredentialId {Quote(credential.CredentialId)} -Quiet) -eq $false) {{ {Rotate(credential)} }}";

    /// <summary>Sets new keys, which it asks for.</summary>
    public static string Rotate(CadenzaCredential credential) =>
        $"Update-CadenzaCredential -CredentialId {Quote(credential.CredentialId)}{Keys(credential.Venue)}";

    /// <summary>Revokes.</summary>
    public static string Revoke(CadenzaCredential credential) => $"Revoke-CadenzaCredential -CredentialId {Quote(credential.CredentialId)}";

    /// <summary>Creates another one; asks for what the old one does not tell.</summary>
    public static string Replace(CadenzaCredential credential) =>
        $"New-CadenzaCredential -Venue {QuoteOrAsk(credential.Venue, "Venue")} -Nickname {QuoteOrAsk(credential.Nickname, "Nickname")}{Keys(credential.Venue)}";

    /// <summary>A text as a literal. PowerShell takes the typographic single quotes for quotes as well, so they are doubled, too.</summary>
    public static string Quote(string text)
    {
        var literal = new StringBuilder("'", text.Length + 8);
        foreach (char c in TextSanitizer.Sanitize(text))
        {
            literal.Append(c, c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? 2 : 1);
        }

        return literal.Append('\'').ToString();
    }

    private static string QuoteOrAsk(string? text, string name) => string.IsNullOrWhiteSpace(text) ? $"(Read-Host '{name}')" : Quote(text!);

    private static string Keys(string? venue) => Venues.HasPassphrase(venue)
        ? " -ApiCredential (Get-Credential) -ApiPassphrase (Read-Host 'Passphrase' -AsSecureString)"
        : " -ApiCredential (Get-Credential)";
}
