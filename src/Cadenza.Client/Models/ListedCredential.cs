namespace Cadenza.Client.Models;

/// <summary>What a trading account says of a credential that it uses.</summary>
/// <param name="CredentialId">The credential's id.</param>
/// <param name="Venue">Its venue, or null.</param>
/// <param name="Nickname">Its nickname, or null.</param>
/// <param name="Status">Its status, or null.</param>
internal readonly record struct ListedCredential(string CredentialId, string? Venue, string? Nickname, string? Status);
