namespace Cadenza.Client.Models;

/// <summary>A credential as it appears in the trading account that uses it.</summary>
/// <param name="CredentialId">The credential's id.</param>
/// <param name="Venue">Its venue, or null.</param>
/// <param name="Nickname">Its nickname, or null.</param>
/// <param name="Status">Its status, or null.</param>
internal readonly record struct ListedCredential(string CredentialId, string? Venue, string? Nickname, string? Status);
