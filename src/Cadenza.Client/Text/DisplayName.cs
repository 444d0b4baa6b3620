using Cadenza.Client.Models;

namespace Cadenza.Client.Text;

/// <summary>Names of credentials as a terminal may show them.</summary>
public static class DisplayName
{
    /// <summary>Names a credential by what is known about it, such as <c>OKX 'desk 7' (660e8400-…)</c>.</summary>
    public static string Format(string? venue, string? nickname, string credentialId) =>
        TextSanitizer.Sanitize(CredentialName.Format(venue, nickname, credentialId));
}
