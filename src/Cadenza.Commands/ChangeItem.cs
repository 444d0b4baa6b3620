namespace Cadenza.Commands;

/// <summary>One credential that a command was given.</summary>
/// <param name="CredentialId">Its id, as given: not yet checked.</param>
/// <param name="Venue">Its venue, if the input told it.</param>
/// <param name="Nickname">Its nickname, if the input told it.</param>
/// <param name="Origin">What is said of an item that has no id, such as "pipeline item 7 (System.DateTime)".</param>
public readonly record struct ChangeItem(string? CredentialId, string? Venue = null, string? Nickname = null, string? Origin = null);
