using System;
using Cadenza.Client.Models;
using Cadenza.Client.Security;

namespace Cadenza.Client.Operations;

/// <summary>Describes a credential to create.</summary>
internal sealed class NewCredential
{
    /// <summary>Creates the description of a credential.</summary>
    /// <exception cref="ArgumentException">The venue is blank.</exception>
    public NewCredential(string venue, ApiKeySet keys)
    {
        Venue = string.IsNullOrWhiteSpace(venue)
            ? throw new ArgumentException("The venue is empty.", nameof(venue))
            : venue;
        Keys = keys;
    }

    /// <summary>The venue, such as OKX.</summary>
    public string Venue { get; }

    /// <summary>
    /// The display name, or null. Without one, the credential cannot be found after its response was lost.
    /// </summary>
    public string? Nickname { get; init; }

    /// <summary>
    /// The credential type, or null (default) to use the one that fits the server: EXCHANGE, or what a server of the
    /// OpenAPI document accepts.
    /// </summary>
    public string? CredentialType { get; init; }

    internal ApiKeySet Keys { get; }

    /// <summary>Returns the venue and nickname, sanitized and truncated.</summary>
    public override string ToString() =>
        CredentialName.FormatVenue(Venue) + " "
        + (string.IsNullOrEmpty(Nickname) ? "without a nickname" : CredentialName.Quote(Nickname!));

    /// <summary>Whether a credential may be the one that was created from this description.</summary>
    internal bool MayHaveCreated(CadenzaCredential credential, DateTimeOffset since) =>
        Venue.Equals(credential.Venue, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Nickname, credential.Nickname, StringComparison.Ordinal)
        && credential.CreatedAt >= since;

    /// <summary>
    /// Whether a response to the creation can be about this credential. Members that the server does not send are
    /// consistent with anything.
    /// </summary>
    /// <param name="credential">The credential in the response.</param>
    /// <param name="oldest">The time before which the credential cannot have been created, or null.</param>
    internal bool IsConsistentWith(CadenzaCredential credential, DateTimeOffset? oldest) =>
        (credential.Venue is null || Venue.Equals(credential.Venue, StringComparison.OrdinalIgnoreCase))
        && (credential.Nickname is null || string.Equals(Nickname ?? "", credential.Nickname, StringComparison.Ordinal))
        && (credential.CreatedAt is null || oldest is null || credential.CreatedAt >= oldest)
        && credential.RevokedAt is null;
}
