using System;
using System.Collections.Generic;

namespace Cadenza.Client.Models;

/// <summary>
/// An exchange API credential. One model covers the three dialects that the API documents. Status, venue and type are
/// open sets: unknown values are kept as sent.
/// </summary>
public sealed class CadenzaCredential
{
    internal static readonly IReadOnlyDictionary<string, object?> NoProperties =
        new ReadableProperties(new Dictionary<string, object?>(StringComparer.Ordinal));

    internal static readonly ReadableList<string> NoIdentities = new([]);

    // Saves memory in long lists: a long takes a third of the space of a DateTimeOffset?.
    private readonly long _createdAt;
    private readonly long _updatedAt;
    private readonly long _revokedAt;

    /// <summary>The credential's id. Currently a UUID; the client accepts any text without white space.</summary>
    public required string CredentialId { get; init; }

    /// <summary>The display name (<c>nickname</c>, or <c>name</c> on the endpoint pages), or null.</summary>
    public string? Nickname { get; init; }

    /// <summary>The trading venue, such as BINANCE or OKX_UAT, or null.</summary>
    public string? Venue { get; init; }

    /// <summary>
    /// The credential type (<c>credentialType</c> or <c>type</c>), such as EXCHANGE or HMAC, or null.
    /// </summary>
    public string? CredentialType { get; init; }

    /// <summary>The status, such as VERIFIED, FAILED, ACTIVE or REVOKED, or null.</summary>
    public string? Status { get; init; }

    /// <summary>
    /// What the status means, whatever the dialect of the API: one of the words of <see cref="CredentialHealth"/>.
    /// </summary>
    public string Health => CredentialHealth.Of(CredentialStatus.GroupOf(this));

    /// <summary>
    /// The account types that the key reaches on the exchange, such as spot or margin; empty if the server does not
    /// send them.
    /// </summary>
    public IReadOnlyList<string> Identities
    {
        get;
        init => field = value.Count == 0 ? NoIdentities : ReadableList<string>.Of(value);
    }
    = NoIdentities;

    /// <summary>
    /// The masked API key, or null. It is not named ApiKey so that it does not bind to -ApiKey in a pipeline.
    /// </summary>
    public string? MaskedApiKey { get; init; }

    /// <summary>The id of the user who owns the credential, or null.</summary>
    public string? UserId { get; init; }

    /// <summary>When the credential was created, in UTC, or null.</summary>
    public DateTimeOffset? CreatedAt
    {
        get => Unpack(_createdAt);
        init => _createdAt = Pack(value);
    }

    /// <summary>When the credential was last changed, in UTC, or null.</summary>
    public DateTimeOffset? UpdatedAt
    {
        get => Unpack(_updatedAt);
        init => _updatedAt = Pack(value);
    }

    /// <summary>
    /// When the credential was revoked, in UTC, or null if it is not revoked or the server does not send it.
    /// </summary>
    public DateTimeOffset? RevokedAt
    {
        get => Unpack(_revokedAt);
        init => _revokedAt = Pack(value);
    }

    /// <summary>
    /// The server that the credential was read from: its host, with the port and the path if they are not the default.
    /// Changes on another server are rejected.
    /// </summary>
    public string? Server
    {
        get => field ?? Origin?.Server;
        init;
    }

    /// <summary>Where and when it was read, or null if it was not read by this process.</summary>
    internal ReadOrigin? Origin { get; init; }

    /// <summary>Unknown members, by JSON name. Values of members whose names look like secrets are masked.</summary>
    public IReadOnlyDictionary<string, object?> AdditionalProperties
    {
        get;
        init => field = ReadableProperties.Of(value);
    }
    = NoProperties;

    /// <summary>Returns the venue, nickname and id.</summary>
    public override string ToString() => CredentialName.Format(Venue, Nickname, CredentialId);

    /// <summary>Ticks plus one; 0 represents null.</summary>
    private static long Pack(DateTimeOffset? time) => time is DateTimeOffset known ? known.UtcTicks + 1 : 0;

    private static DateTimeOffset? Unpack(long packed) =>
        packed == 0 ? null : new DateTimeOffset(packed - 1, TimeSpan.Zero);
}
