using Cadenza.Client.Models;

namespace Cadenza.Client.Text;

/// <summary>Formats names of credentials for a terminal.</summary>
internal static class DisplayName
{
    /// <summary>
    /// Formats the known parts, such as <c>660e8400-… (OKX 'desk 7')</c>. Names are sanitized, truncated and quoted.
    /// </summary>
    public static string Format(string? venue, string? nickname, string credentialId) =>
        CredentialName.Format(venue, nickname, credentialId);

    /// <summary>Sanitizes and truncates a name and puts it in quotes, such as <c>'desk 7'</c>.</summary>
    public static string Quote(string name) => CredentialName.Quote(name);

    /// <summary>Formats a venue; it is quoted unless it is one word of ASCII.</summary>
    public static string FormatVenue(string venue) => CredentialName.FormatVenue(venue);
}
