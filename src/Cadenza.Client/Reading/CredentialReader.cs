using System;
using System.Collections.Generic;
using System.Text.Json;
using Cadenza.Client.Secrets;

namespace Cadenza.Client.Reading;

/// <summary>
/// Reads a credential in any of the three dialects, or a mixture: which one a server speaks shows in the members' names only.
/// Where both names of one thing are there, the guide's and OpenAPI's name wins over the endpoint page's.
/// </summary>
internal static class CredentialReader
{
    /// <summary>Reads one credential from its JSON.</summary>
    /// <param name="json">The JSON of the object.</param>
    /// <param name="text">How its texts are taken out.</param>
    /// <exception cref="CredentialFormatException">It is no object, has no usable id, or a known member has an impossible type.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static CadenzaCredential Read(ReadOnlySpan<byte> json, AnswerText text)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new CredentialFormatException($"it is {JsonValues.Describe(reader.TokenType)}, not an object");
        }

        var draft = default(Draft);
        try
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                draft.ReadMember(ref reader, text);
            }
        }
        catch (InvalidOperationException)
        {
            throw new CredentialFormatException("a member's name is not valid Unicode");
        }

        return draft.Build();
    }

    private struct Draft
    {
        private string? _id, _venue, _type, _typeOfPage, _nickname, _name, _status, _key, _userId;
        private DateTimeOffset? _created, _updated, _revoked, _createdTwin, _updatedTwin, _revokedTwin;
        private IReadOnlyList<string>? _identities;
        private Dictionary<string, object?>? _others;

        public void ReadMember(ref Utf8JsonReader reader, AnswerText text)
        {
            // The id is never masked: a short passphrase that happens to be part of it would turn it into another one.
            if (reader.ValueTextEquals("credentialId"u8)) _id = Text(ref reader, "credentialId", AnswerText.Plain);
            else if (reader.ValueTextEquals("venue"u8)) _venue = Text(ref reader, "venue", text);
            else if (reader.ValueTextEquals("status"u8)) _status = Text(ref reader, "status", text);
            else if (reader.ValueTextEquals("nickname"u8)) _nickname = Text(ref reader, "nickname", text);
            else if (reader.ValueTextEquals("credentialType"u8)) _type = Text(ref reader, "credentialType", text);
            else if (reader.ValueTextEquals("updatedAt"u8)) _updated = Time(ref reader, "updatedAt");
            else if (reader.ValueTextEquals("createdAt"u8)) _created = Time(ref reader, "createdAt");
            else if (reader.ValueTextEquals("revokedAt"u8)) _revoked = Time(ref reader, "revokedAt");
            else if (reader.ValueTextEquals("name"u8)) _name = Text(ref reader, "name", text);
            else if (reader.ValueTextEquals("type"u8)) _typeOfPage = Text(ref reader, "type", text);
            else if (reader.ValueTextEquals("apiKey"u8)) _key = Text(ref reader, "apiKey", text);
            else if (reader.ValueTextEquals("userId"u8)) _userId = Text(ref reader, "userId", text);
            else if (reader.ValueTextEquals("identities"u8)) { reader.Read(); _identities = JsonValues.ReadTexts(ref reader, "identities", text); }
            else if (reader.ValueTextEquals("createdAtDateTime"u8)) _createdTwin = Time(ref reader, "createdAtDateTime");
            else if (reader.ValueTextEquals("updatedAtDateTime"u8)) _updatedTwin = Time(ref reader, "updatedAtDateTime");
            else if (reader.ValueTextEquals("revokedAtDateTime"u8)) _revokedTwin = Time(ref reader, "revokedAtDateTime");
            else ReadOther(ref reader, text);
        }

        public readonly CadenzaCredential Build()
        {
            string id = _id ?? throw new CredentialFormatException("it has no credentialId");
            if (CredentialId.FindFault(id) is string fault)
            {
                throw new CredentialFormatException($"its credentialId {fault}");
            }

            return new CadenzaCredential
            {
                CredentialId = id,
                Nickname = NullIfEmpty(_nickname ?? _name),
                Venue = NullIfEmpty(_venue),
                CredentialType = NullIfEmpty(_type ?? _typeOfPage),
                Status = NullIfEmpty(_status),
                Identities = _identities ?? [],
                MaskedApiKey = string.IsNullOrEmpty(_key) ? null : SecretMask.MaskKey(_key!),
                UserId = NullIfEmpty(_userId),
                CreatedAt = _created ?? _createdTwin,
                UpdatedAt = _updated ?? _updatedTwin,
                RevokedAt = _revoked ?? _revokedTwin,
                AdditionalProperties = _others ?? CadenzaCredential.NoProperties,
            };
        }

        private static string? Text(ref Utf8JsonReader reader, string member, AnswerText text)
        {
            reader.Read();
            return JsonValues.ReadText(ref reader, member, text);
        }

        private static DateTimeOffset? Time(ref Utf8JsonReader reader, string member)
        {
            reader.Read();
            return JsonValues.ReadTime(ref reader, member);
        }

        private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

        private void ReadOther(ref Utf8JsonReader reader, AnswerText text)
        {
            string name = text.Clean(JsonValues.GetString(ref reader, "a member's name"));
            reader.Read();
            (_others ??= new(StringComparer.Ordinal))[name] = JsonValues.ReadAny(ref reader, name, text);
        }
    }
}
