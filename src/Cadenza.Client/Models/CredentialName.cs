namespace Cadenza.Client.Models;

/// <summary>How a credential is named wherever a person reads about it: in questions, errors and warnings.</summary>
internal static class CredentialName
{
    /// <summary>Names a credential by what is known about it, such as <c>OKX 'desk 7' (660e8400-…)</c>. Not yet fit for a terminal.</summary>
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
