using System;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Cadenza.Client.Json;

/// <summary>The known members of a credential in all dialects.</summary>
internal enum CredentialMember
{
    Other,
    CredentialId,
    Venue,
    Status,
    Nickname,
    CredentialType,
    UpdatedAt,
    CreatedAt,
    RevokedAt,
    Name,
    Type,
    ApiKey,
    UserId,
    Identities,
    CreatedAtDateTime,
    UpdatedAtDateTime,
    RevokedAtDateTime,
}

/// <summary>Maps names to members of a credential.</summary>
internal static class CredentialMembers
{
    /// <summary>Gets the member at the reader's position.</summary>
    /// <exception cref="InvalidOperationException">The name is not valid Unicode.</exception>
    public static CredentialMember Identify(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Identify(Encoding.UTF8.GetBytes(reader.GetString()!)) : Identify(reader.ValueSpan);

    /// <summary>Gets the member with this name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CredentialMember Identify(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 => Is(name, "name"u8, CredentialMember.Name) | Is(name, "type"u8, CredentialMember.Type),
        5 => Is(name, "venue"u8, CredentialMember.Venue),
        6 => Is(name, "status"u8, CredentialMember.Status)
            | Is(name, "apiKey"u8, CredentialMember.ApiKey)
            | Is(name, "userId"u8, CredentialMember.UserId),
        8 => Is(name, "nickname"u8, CredentialMember.Nickname),
        9 => Is(name, "updatedAt"u8, CredentialMember.UpdatedAt) | Is(name, "createdAt"u8, CredentialMember.CreatedAt)
            | Is(name, "revokedAt"u8, CredentialMember.RevokedAt),
        10 => Is(name, "identities"u8, CredentialMember.Identities),
        12 => Is(name, "credentialId"u8, CredentialMember.CredentialId),
        14 => Is(name, "credentialType"u8, CredentialMember.CredentialType),
        17 => Is(name, "createdAtDateTime"u8, CredentialMember.CreatedAtDateTime)
            | Is(name, "updatedAtDateTime"u8, CredentialMember.UpdatedAtDateTime)
            | Is(name, "revokedAtDateTime"u8, CredentialMember.RevokedAtDateTime),
        _ => CredentialMember.Other,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CredentialMember Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known, CredentialMember member) =>
        name.SequenceEqual(known) ? member : CredentialMember.Other;
}
