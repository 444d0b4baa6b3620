namespace Cadenza.Client.Models;

/// <summary>Formats the name of a credential for prompts, errors and warnings.</summary>
internal static class CredentialName
{
    /// <summary>
    /// Formats the known parts, such as <c>OKX 'desk 7' (660e8400-…)</c>. The result is not sanitized.
    /// </summary>
    public static string Format(string? venue, string? nickname, string credentialId)
    {
        bool hasVenue = !string.IsNullOrEmpty(venue);
        bool hasNickname = !string.IsNullOrEmpty(nickname);
        return (hasVenue, hasNickname) switch
        {
            (true, true) => $"{venue} '{nickname}' ({credentialId})",
            (true, false) => $"{venue} ({credentialId})",
            (false, true) => $"'{nickname}' ({credentialId})",
            _ => $"credential {credentialId}",
        };
    }
}
