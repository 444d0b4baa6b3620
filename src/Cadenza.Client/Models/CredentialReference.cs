namespace Cadenza.Client.Models;

/// <summary>A credential from a command's input.</summary>
/// <param name="CredentialId">Its id, not validated yet.</param>
/// <param name="Venue">Its venue, or null if the input does not have it.</param>
/// <param name="Nickname">Its nickname, or null if the input does not have it.</param>
/// <param name="Origin">The name of an item without an id, such as "pipeline item 7 (System.DateTime)".</param>
public readonly record struct CredentialReference(
    string? CredentialId, string? Venue = null, string? Nickname = null, string? Origin = null);
