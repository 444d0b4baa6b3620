namespace Cadenza.Client.Models;

/// <summary>What of a credential is a word of a vocabulary, known before anything is made of the rest.</summary>
/// <param name="Venue">The venue, or null.</param>
/// <param name="CredentialType">The kind of credential, or null.</param>
/// <param name="Status">The status, or null.</param>
public readonly record struct CredentialTraits(string? Venue, string? CredentialType, string? Status);
