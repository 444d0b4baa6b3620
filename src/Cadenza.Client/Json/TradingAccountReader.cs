using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Cadenza.Client.Models;
using Cadenza.Client.Security;

namespace Cadenza.Client.Json;

/// <summary>Reads a trading account. Ignores members that are not needed.</summary>
internal static partial class TradingAccountReader
{
    private enum AccountMember
    {
        Other,
        Id,
        Venue,
        Nickname,
        Type,
        Status,
        Credentials,
    }

    /// <summary>Reads one account from its JSON.</summary>
    /// <param name="json">The JSON of the object.</param>
    /// <param name="redactor">Redacts texts.</param>
    /// <param name="interned">The interned values of the list, or null for a single account.</param>
    /// <exception cref="CredentialFormatException">
    /// The JSON is not an object, or a known member has the wrong type.
    /// </exception>
    [MethodImpl(HotPath.Inlined)]
    public static TradingAccount Read(ReadOnlySpan<byte> json, SecretRedactor redactor, InternedValues? interned)
    {
#if NET
        if (interned?.IsLongList == true && ReadPlain(json, redactor, interned) is TradingAccount plain)
        {
            return plain;
        }
#endif
        return ReadAny(json, redactor);
    }

    private static TradingAccount ReadAny(ReadOnlySpan<byte> json, SecretRedactor redactor)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new CredentialFormatException($"it is {JsonValues.Describe(reader.TokenType)}, not an object");
        }

        List<ListedCredential> credentials = [];
        string? id = null, venue = null, nickname = null, type = null, status = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = JsonValues.GetString(ref reader, "a member's name");
            AccountMember member = Identify(Encoding.UTF8.GetBytes(name));
            reader.Read();
            switch (member)
            {
                case AccountMember.Id: id = JsonValues.ReadText(ref reader, name, redactor); break;
                case AccountMember.Venue: venue = JsonValues.ReadText(ref reader, name, redactor); break;
                case AccountMember.Nickname: nickname = JsonValues.ReadText(ref reader, name, redactor); break;
                case AccountMember.Type: type = JsonValues.ReadText(ref reader, name, redactor); break;
                case AccountMember.Credentials: credentials = ReadCredentials(ref reader, redactor); break;
                case AccountMember.Status: status = JsonValues.ReadText(ref reader, name, redactor); break;
                default: reader.Skip(); break;
            }
        }

        return Create(id, venue, nickname, type, status, credentials);
    }

    [MethodImpl(HotPath.Inlined)]
    private static AccountMember Identify(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("tradingAccountId"u8) ? AccountMember.Id
        : name.SequenceEqual("venue"u8) ? AccountMember.Venue
        : name.SequenceEqual("nickname"u8) ? AccountMember.Nickname
        : name.SequenceEqual("accountType"u8) ? AccountMember.Type
        : name.SequenceEqual("status"u8) ? AccountMember.Status
        : name.SequenceEqual("credentials"u8) ? AccountMember.Credentials
        : AccountMember.Other;

    private static TradingAccount Create(
        string? id, string? venue, string? nickname, string? type, string? status, List<ListedCredential> credentials)
        => new()
        {
            TradingAccountId = id,
            Venue = venue,
            Nickname = nickname,
            AccountType = type,
            Status = status,
            Credentials = credentials,
        };

    private static List<ListedCredential> ReadCredentials(ref Utf8JsonReader reader, SecretRedactor redactor)
    {
        var credentials = new List<ListedCredential>();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return credentials;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ListedCredential credential = reader.TokenType switch
            {
                JsonTokenType.StartObject => ReadCredential(ref reader, redactor),
                JsonTokenType.String => new ListedCredential(
                    JsonValues.ReadText(ref reader, "credentials", SecretRedactor.Plain)!, null, null, null),
                _ => default,
            };
            if (!string.IsNullOrEmpty(credential.CredentialId))
            {
                credentials.Add(credential);
            }

            reader.Skip();
        }

        return credentials;
    }

    /// <summary>Reads the credential object at the reader's position and moves to its end.</summary>
    private static ListedCredential ReadCredential(ref Utf8JsonReader reader, SecretRedactor redactor)
    {
        string? id = null, venue = null, nickname = null, status = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            CredentialMember member = CredentialMembers.Identify(ref reader);
            reader.Read();
            switch (member)
            {
                case CredentialMember.CredentialId:
                    id = JsonValues.ReadText(ref reader, "credentialId", SecretRedactor.Plain);
                    break;
                case CredentialMember.Venue: venue = ReadOptionalText(ref reader, redactor); break;
                case CredentialMember.Nickname or CredentialMember.Name:
                    nickname = ReadOptionalText(ref reader, redactor) ?? nickname;
                    break;
                case CredentialMember.Status: status = ReadOptionalText(ref reader, redactor); break;
            }

            reader.Skip();
        }

        return new ListedCredential(id!, venue, nickname, status);
    }

    /// <summary>
    /// Reads an optional text. Returns null for other types and empty text, which do not make the account unreadable.
    /// </summary>
    private static string? ReadOptionalText(ref Utf8JsonReader reader, SecretRedactor redactor) =>
        reader.TokenType == JsonTokenType.String
            && JsonValues.ReadText(ref reader, "credentials", redactor) is { Length: > 0 } known
            ? known
            : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
