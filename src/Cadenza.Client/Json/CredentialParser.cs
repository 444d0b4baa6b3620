using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Cadenza.Client.Models;
using Cadenza.Client.Security;
using Cadenza.Client.Text;

namespace Cadenza.Client.Json;

/// <summary>
/// Parses the parts of a credential that a filter needs: traits and times. Texts that differ between credentials are
/// only located. <see cref="Build"/> decodes them and creates the object.
/// </summary>
internal ref partial struct CredentialParser
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly SecretRedactor _redactor;
    private readonly InternedValues? _interned;

    private StringToken _id, _nickname, _name, _key, _userId;
    private string? _venue, _type, _typeOfPage, _status;
    private DateTimeOffset? _created, _updated, _revoked, _createdDateTime, _updatedDateTime, _revokedDateTime;
    private ReadableList<string>? _identities;
    private Dictionary<string, object?>? _others;
#if NET
    private bool _isPlain;
#endif

    private CredentialParser(ReadOnlySpan<byte> json, SecretRedactor redactor, InternedValues? interned)
    {
        _json = json;
        _redactor = redactor;
        _interned = interned;
    }

    /// <summary>The venue, type and status.</summary>
    public readonly CredentialTraits Traits =>
        new(NullIfEmpty(_venue), NullIfEmpty(_type ?? _typeOfPage), NullIfEmpty(_status));

    /// <summary>Whether it has a member that only the endpoint page names so.</summary>
    public readonly bool HasPageNames => !_name.IsMissing || _typeOfPage is not null;

    /// <summary>Whether it has a member that the guide and the OpenAPI document name so.</summary>
    public readonly bool HasCommonNames => !_nickname.IsMissing || _type is not null;

    /// <summary>When the credential was last changed.</summary>
    public readonly DateTimeOffset? UpdatedAt => _updated ?? _updatedDateTime;

    /// <summary>Reads the JSON of a credential.</summary>
    /// <param name="json">The JSON of the object.</param>
    /// <param name="redactor">Redacts texts.</param>
    /// <param name="interned">The interned values of the list, or null for a single credential.</param>
    /// <exception cref="CredentialFormatException">
    /// The JSON is not an object, or a known member has the wrong type.
    /// </exception>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    [MethodImpl(HotPath.Inlined)]
    public static CredentialParser Read(ReadOnlySpan<byte> json, SecretRedactor redactor, InternedValues? interned)
    {
#if NET
        if (interned?.IsLongList == true)
        {
            var plain = new CredentialParser(json, redactor, interned);
            if (plain.TryReadPlain(interned))
            {
                return plain;
            }
        }
#endif
        return ReadAny(json, redactor, interned);
    }

    private static CredentialParser ReadAny(
        ReadOnlySpan<byte> json, SecretRedactor redactor, InternedValues? interned)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new CredentialFormatException($"it is {JsonValues.Describe(reader.TokenType)}, not an object");
        }

        var parser = new CredentialParser(json, redactor, interned);
        try
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                parser.ReadMember(ref reader);
            }
        }
        catch (InvalidOperationException)
        {
            throw new CredentialFormatException("a member's name is not valid Unicode");
        }

        return parser;
    }

    /// <summary>The bytes of the id, or empty if the id must be unescaped.</summary>
    public readonly ReadOnlySpan<byte> RawId
    {
        get
        {
            if (_id.IsMissing)
            {
                return default;
            }

            if (_id.IsPlain)
            {
                return _json.Slice(_id.Start + 1, _id.Length);
            }

            var reader = new Utf8JsonReader(_json.Slice(_id.Start));
            reader.Read();
            return reader.ValueIsEscaped ? default : reader.ValueSpan;
        }
    }

    /// <summary>Creates the object.</summary>
    /// <param name="origin">Where and when it was read, or null.</param>
    /// <exception cref="CredentialFormatException">
    /// The id is missing or invalid, or a text is not valid Unicode.
    /// </exception>
    public readonly CadenzaCredential Build(ReadOrigin? origin = null) =>
#if NET
        _isPlain ? BuildPlain(origin) :
#endif
        Create(
            DecodeId(),
            DecodeNickname(),
            Decode(_key, "apiKey", _redactor),
            NullIfEmpty(Decode(_userId, "userId", _redactor)),
            origin);

    [MethodImpl(HotPath.Inlined)]
    private readonly CadenzaCredential Create(
        string id, string? nickname, string? key, string? userId, ReadOrigin? origin)
    {
        CredentialTraits traits = Traits;
        return new CadenzaCredential
        {
            CredentialId = id,
            Nickname = nickname,
            Venue = traits.Venue,
            CredentialType = traits.CredentialType,
            Status = traits.Status,
            Identities = _identities ?? CadenzaCredential.NoIdentities,
            MaskedApiKey = string.IsNullOrEmpty(key) ? null : SecretMask.MaskKey(key!),
            UserId = userId,
            CreatedAt = _created ?? _createdDateTime,
            UpdatedAt = UpdatedAt,
            RevokedAt = _revoked ?? _revokedDateTime,
            Origin = origin,
            AdditionalProperties = _others ?? CadenzaCredential.NoProperties,
        };
    }

    /// <summary>Returns the nickname, or null.</summary>
    /// <exception cref="CredentialFormatException">The text is not valid Unicode.</exception>
    public readonly string? DecodeNickname() =>
        NullIfEmpty(Decode(_nickname, "nickname", _redactor) ?? Decode(_name, "name", _redactor));

    private void ReadMember(ref Utf8JsonReader reader)
    {
        CredentialMember member = CredentialMembers.Identify(ref reader);
        if (member == CredentialMember.Other)
        {
            ReadOther(ref reader);
            return;
        }

        reader.Read();
        switch (member)
        {
            case CredentialMember.CredentialId: _id = Locate(ref reader, "credentialId"); break;
            case CredentialMember.Venue: _venue = ReadInterned(ref reader, "venue"); break;
            case CredentialMember.Status: _status = ReadInterned(ref reader, "status"); break;
            case CredentialMember.Nickname: _nickname = Locate(ref reader, "nickname"); break;
            case CredentialMember.CredentialType: _type = ReadInterned(ref reader, "credentialType"); break;
            case CredentialMember.UpdatedAt: _updated = JsonValues.ReadTime(ref reader, "updatedAt"); break;
            case CredentialMember.CreatedAt: _created = JsonValues.ReadTime(ref reader, "createdAt"); break;
            case CredentialMember.RevokedAt: _revoked = JsonValues.ReadTime(ref reader, "revokedAt"); break;
            case CredentialMember.Name: _name = Locate(ref reader, "name"); break;
            case CredentialMember.Type: _typeOfPage = ReadInterned(ref reader, "type"); break;
            case CredentialMember.ApiKey: _key = Locate(ref reader, "apiKey"); break;
            case CredentialMember.UserId: _userId = Locate(ref reader, "userId"); break;
            case CredentialMember.Identities: _identities = ReadIdentities(ref reader); break;
            case CredentialMember.CreatedAtDateTime:
                _createdDateTime = JsonValues.ReadTime(ref reader, "createdAtDateTime");
                break;
            case CredentialMember.UpdatedAtDateTime:
                _updatedDateTime = JsonValues.ReadTime(ref reader, "updatedAtDateTime");
                break;
            case CredentialMember.RevokedAtDateTime:
                _revokedDateTime = JsonValues.ReadTime(ref reader, "revokedAtDateTime");
                break;
        }
    }

    /// <summary>The id is never redacted: if it contained a short passphrase, redaction would change it.</summary>
    /// <exception cref="CredentialFormatException">The id is missing or invalid.</exception>
    public readonly string DecodeId() =>
#if NET
        _isPlain ? DecodePlainId() :
#endif
        DecodeAnyId();

    private readonly string DecodeAnyId()
    {
        string id = Decode(_id, "credentialId", SecretRedactor.Plain)
            ?? throw new CredentialFormatException("it has no credentialId");
        return CredentialIdRules.Validate(id) is string fault
            ? throw new CredentialFormatException($"its credentialId {fault}")
            : id;
    }

    private readonly string? Decode(StringToken token, string member, SecretRedactor redactor)
    {
        if (token.IsMissing)
        {
            return null;
        }

        var reader = new Utf8JsonReader(_json.Slice(token.Start));
        reader.Read();
        return JsonValues.ReadText(ref reader, member, redactor);
    }

    private readonly string? ReadInterned(ref Utf8JsonReader reader, string member)
    {
        if (_interned is null || reader.TokenType != JsonTokenType.String)
        {
            return JsonValues.ReadText(ref reader, member, _redactor);
        }

        ReadOnlySpan<byte> bytes = reader.ValueSpan;
        return _interned.Strings.Find(bytes)
            ?? _interned.Strings.Add(bytes, JsonValues.ReadText(ref reader, member, _redactor)!);
    }

    private readonly ReadableList<string> ReadIdentities(ref Utf8JsonReader reader)
    {
        if (_interned is null || reader.TokenType != JsonTokenType.StartArray)
        {
            return ReadableList<string>.Of(JsonValues.ReadTexts(ref reader, "identities", _redactor));
        }

        int start = (int)reader.TokenStartIndex;
        ReadOnlySpan<byte> bytes = _json.Slice(start, ElementScanner.FindObjectEnd(_json.Slice(start)));
        if (_interned.Lists.Find(bytes) is ReadableList<string> known)
        {
            reader.Skip();
            return known;
        }

        return _interned.Lists.Add(
            bytes, ReadableList<string>.Of(JsonValues.ReadTexts(ref reader, "identities", _redactor)));
    }

    private void ReadOther(ref Utf8JsonReader reader)
    {
        string name = _redactor.Redact(JsonValues.GetString(ref reader, "a member's name"));
        reader.Read();
        (_others ??= new(StringComparer.Ordinal))[name] = JsonValues.ReadAny(ref reader, name, _redactor);
    }

    /// <summary>Locates a string or null.</summary>
    private static StringToken Locate(ref Utf8JsonReader reader, string member) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.String => new StringToken((int)reader.TokenStartIndex),
        _ => throw new CredentialFormatException($"{member} is {JsonValues.Describe(reader.TokenType)}, not a string"),
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>The position of a string in the JSON. The default value stands for a missing string or null.</summary>
    /// <param name="Start">The offset of the quotation mark.</param>
    /// <param name="Length">The number of characters of plain text; -1 for a string that must be decoded.</param>
    private readonly record struct StringToken(int Start, int Length = -1)
    {
        public bool IsMissing => Start == 0;

        public bool IsPlain => Length >= 0;
    }
}
