using System;
using System.Collections.Generic;

namespace Cadenza.Client.Models;

/// <summary>
/// One exchange API credential as Cadenza knows it: one model for the three dialects that the API's documents describe.
/// Status, venue and type are open vocabularies: values never seen before are kept as they were sent.
/// </summary>
public sealed class CadenzaCredential
{
    internal static readonly IReadOnlyDictionary<string, object?> NoProperties =
        new ReadableProperties(new Dictionary<string, object?>(StringComparer.Ordinal));

    internal static readonly ReadableList<string> NoIdentities = new([]);

    // A list of a million has three million of them: a number takes a third of the room.
    private readonly long _createdAt;
    private readonly long _updatedAt;
    private readonly long _revokedAt;

    /// <summary>The credential's id: a UUID on today's server, any text without white space to this client.</summary>
    public required string CredentialId { get; init; }

    /// <summary>The display name (<c>nickname</c>, or <c>name</c> on the endpoint pages); null where none was given.</summary>
    public string? Nickname { get; init; }

    /// <summary>The trading venue, such as BINANCE or OKX_UAT.</summary>
    public string? Venue { get; init; }

    /// <summary>The kind of credential (<c>credentialType</c> or <c>type</c>), such as EXCHANGE or HMAC; null where the server sends null.</summary>
    public string? CredentialType { get; init; }

    /// <summary>The status, such as VERIFIED, FAILED, ACTIVE or REVOKED.</summary>
    public string? Status { get; init; }

    /// <summary>The kinds of account that the key reaches on the exchange, such as spot or margin; empty where the server does not say.</summary>
    public IReadOnlyList<string> Identities
    {
        get;
        init => field = value.Count == 0 ? NoIdentities : ReadableList<string>.Of(value);
    }
    = NoIdentities;

    /// <summary>The masked API key, where the server sends one. Not named ApiKey, lest it be piped into a rotation.</summary>
    public string? MaskedApiKey { get; init; }

    /// <summary>The id of the user who owns the credential, where the server sends one.</summary>
    public string? UserId { get; init; }

    /// <summary>When the credential was created (UTC).</summary>
    public DateTimeOffset? CreatedAt
    {
        get => Unpack(_createdAt);
        init => _createdAt = Pack(value);
    }

    /// <summary>When the credential was last changed (UTC).</summary>
    public DateTimeOffset? UpdatedAt
    {
        get => Unpack(_updatedAt);
        init => _updatedAt = Pack(value);
    }

    /// <summary>When the credential was revoked (UTC); null while it is not, or where the server does not say.</summary>
    public DateTimeOffset? RevokedAt
    {
        get => Unpack(_revokedAt);
        init => _revokedAt = Pack(value);
    }

    /// <summary>Members that this client does not know, by their JSON names. Values of secret-looking members are masked.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties
    {
        get;
        init => field = ReadableProperties.Of(value);
    }
    = NoProperties;

    /// <summary>The credential in words: venue, nickname and id.</summary>
    public override string ToString() => CredentialName.Format(Venue, Nickname, CredentialId);

    /// <summary>Ticks plus one, so that nothing is zero.</summary>
    private static long Pack(DateTimeOffset? time) => time is DateTimeOffset known ? known.UtcTicks + 1 : 0;

    private static DateTimeOffset? Unpack(long packed) => packed == 0 ? null : new DateTimeOffset(packed - 1, TimeSpan.Zero);
}
