using System;

namespace Cadenza.Client.Models;

/// <summary>A credential from a command's input, as the user saw it.</summary>
/// <param name="CredentialId">Its id, not validated yet.</param>
/// <param name="Venue">Its venue, or null if the input does not have it.</param>
/// <param name="Nickname">Its nickname, or null if the input does not have it.</param>
/// <param name="Origin">The name of an item without an id, such as "pipeline item 7 (System.DateTime)".</param>
internal readonly record struct CredentialReference(
    string? CredentialId, string? Venue = null, string? Nickname = null, string? Origin = null)
{
    /// <summary>The server that it was read from, or null if the input does not have it.</summary>
    public string? Server { get; init; }

    /// <summary>Its status, or null if the input does not have it.</summary>
    public string? Status { get; init; }

    /// <summary>When it was last changed, or null if the input does not have it.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Its position in the input, from 1; 0 if it is not from an input.</summary>
    public long Number { get; init; }

    /// <summary>Where and when it was read, or null if it was not read by this process.</summary>
    internal ReadOrigin? ReadOrigin { get; private init; }

    /// <summary>Whether the input has more than the id, so that it can be compared with the server.</summary>
    internal bool HasDetails => !string.IsNullOrEmpty(Venue) || !string.IsNullOrEmpty(Nickname)
        || !string.IsNullOrEmpty(Status) || UpdatedAt is not null;

    /// <summary>Creates the reference to a credential that was read.</summary>
    public static CredentialReference Of(CadenzaCredential credential) =>
        new(credential.CredentialId, credential.Venue, credential.Nickname)
        {
            Server = credential.Server,
            Status = credential.Status,
            UpdatedAt = credential.UpdatedAt,
            ReadOrigin = credential.Origin,
        };
}
