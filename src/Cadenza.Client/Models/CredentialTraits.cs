namespace Cadenza.Client.Models;

/// <summary>The recurring values of a credential. They are known before the object is created.</summary>
/// <param name="Venue">The venue, or null.</param>
/// <param name="CredentialType">The credential type, or null.</param>
/// <param name="Status">The status, or null.</param>
internal readonly record struct CredentialTraits(string? Venue, string? CredentialType, string? Status);
