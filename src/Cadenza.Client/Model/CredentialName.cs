using Cadenza.Client.Reading;

namespace Cadenza.Client;

/// <summary>How a credential is named wherever a person reads of it: in questions, errors and warnings.</summary>
public static class CredentialName
{
    /// <summary>Names a credential by what is known of it, such as <c>OKX 'desk 7' (660e8400-…)</c>.</summary>
    public static string Format(string? venue, string? nickname, string credentialId)
    {
        bool hasVenue = !string.IsNullOrEmpty(venue);
        bool hasNickname = !string.IsNullOrEmpty(nickname);
        string name = (hasVenue, hasNickname) switch
        {
            (true, true) => $"{venue} '{nickname}' ({credentialId})",
            (true, false) => $"{venue} ({credentialId})",
            (false, true) => $"'{nickname}' ({credentialId})",
            _ => $"credential {credentialId}",
        };
        return ServerText.Clean(name);
    }
}
