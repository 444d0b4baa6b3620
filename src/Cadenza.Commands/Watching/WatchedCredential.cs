using System;
using System.Collections.Generic;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Watching;

/// <summary>What is kept of a credential until the next list: what is compared, and what an event shows.</summary>
/// <param name="Credential">The credential without its masked key and its other members.</param>
/// <param name="Key">The <see cref="KeyMark"/> of its masked key.</param>
internal readonly record struct WatchedCredential(CadenzaCredential Credential, ulong Key)
{
    /// <summary>Keeps what is needed of a credential that was read.</summary>
    public static WatchedCredential Of(CadenzaCredential credential, string server) => new(
        new CadenzaCredential
        {
            CredentialId = credential.CredentialId,
            Nickname = credential.Nickname,
            Venue = credential.Venue,
            CredentialType = credential.CredentialType,
            Status = credential.Status,
            CreatedAt = credential.CreatedAt,
            UpdatedAt = credential.UpdatedAt,
            RevokedAt = credential.RevokedAt,
            Server = server,
        },
        KeyMark.Of(credential.CredentialId, credential.MaskedApiKey));

    /// <summary>Whether nothing differs that is kept.</summary>
    public bool IsSameAs(CadenzaCredential after, ulong key) =>
        Key == key
        && Same(Credential.Status, after.Status)
        && Same(Credential.Nickname, after.Nickname)
        && Credential.UpdatedAt == after.UpdatedAt
        && Credential.CreatedAt == after.CreatedAt
        && HasSameTraits(after);

    /// <summary>Returns what happened between this state and a later one.</summary>
    public IReadOnlyList<string> FindChanges(CadenzaCredential after, ulong key)
    {
        bool isOtherStatus = !string.Equals(
            Credential.Status ?? "", after.Status ?? "", StringComparison.OrdinalIgnoreCase);
        bool isRenamed = !Same(Credential.Nickname, after.Nickname);
        var changes = new List<string>();
        if (isOtherStatus)
        {
            changes.Add(CredentialEventKind.StatusChanged);
        }

        // The API has no time of rotation. A later change without a visible reason is taken for one.
        bool isUnexplained = after.UpdatedAt > Credential.UpdatedAt
            && !isOtherStatus && !isRenamed && HasSameTraits(after);
        bool isOtherKey = Key != KeyMark.None && key != KeyMark.None && Key != key;
        if ((isOtherKey || isUnexplained) && after.Health != CredentialHealth.Revoked)
        {
            changes.Add(CredentialEventKind.KeysRotated);
        }

        if (isRenamed)
        {
            changes.Add(CredentialEventKind.Renamed);
        }

        return changes;
    }

    private bool HasSameTraits(CadenzaCredential after) =>
        Same(Credential.Venue, after.Venue)
        && Same(Credential.CredentialType, after.CredentialType)
        && Credential.RevokedAt == after.RevokedAt;

    private static bool Same(string? before, string? after) =>
        string.Equals(before ?? "", after ?? "", StringComparison.Ordinal);
}
