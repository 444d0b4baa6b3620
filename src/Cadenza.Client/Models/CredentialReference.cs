namespace Cadenza.Client.Models;

/// <summary>A credential that a command was given.</summary>
/// <param name="CredentialId">Its id, as given: not yet validated.</param>
/// <param name="Venue">Its venue, if the input has it.</param>
/// <param name="Nickname">Its nickname, if the input has it.</param>
/// <param name="Origin">How an item without an id is named, such as "pipeline item 7 (System.DateTime)".</param>
public readonly record struct CredentialReference(string? CredentialId, string? Venue = null, string? Nickname = null, string? Origin = null);
