using Cadenza.Client.Models;

namespace Cadenza.Client.Text;

/// <summary>Formats names of credentials for a terminal.</summary>
public static class DisplayName
{
    /// <summary>Formats the known parts, such as <c>OKX 'desk 7' (660e8400-…)</c>, and sanitizes the result.</summary>
    public static string Format(string? venue, string? nickname, string credentialId) =>
        TextSanitizer.Sanitize(CredentialName.Format(venue, nickname, credentialId));
}
