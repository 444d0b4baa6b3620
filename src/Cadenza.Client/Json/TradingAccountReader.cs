using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Cadenza.Client.Models;
using Cadenza.Client.Security;

namespace Cadenza.Client.Json;

/// <summary>Reads a trading account. Ignores members that are not needed.</summary>
internal static class TradingAccountReader
{
    /// <summary>Reads one account from its JSON.</summary>
    /// <param name="json">The JSON of the object.</param>
    /// <param name="redactor">Redacts texts.</param>
    /// <exception cref="CredentialFormatException">
    /// The JSON is not an object, or a known member has the wrong type.
    /// </exception>
    public static TradingAccount Read(ReadOnlySpan<byte> json, SecretRedactor redactor)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new CredentialFormatException($"it is {JsonValues.Describe(reader.TokenType)}, not an object");
        }

        IReadOnlyList<ListedCredential> credentials = [];
        string? id = null, venue = null, nickname = null, type = null, status = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = JsonValues.GetString(ref reader, "a member's name");
            reader.Read();
            switch (name)
            {
                case "tradingAccountId": id = JsonValues.ReadText(ref reader, name, redactor); break;
                case "venue": venue = JsonValues.ReadText(ref reader, name, redactor); break;
                case "nickname": nickname = JsonValues.ReadText(ref reader, name, redactor); break;
                case "accountType": type = JsonValues.ReadText(ref reader, name, redactor); break;
                case "credentials": credentials = ReadCredentials(ref reader, redactor); break;
                case "status": status = JsonValues.ReadText(ref reader, name, redactor); break;
                default: reader.Skip(); break;
            }
        }

        return new TradingAccount
        {
            TradingAccountId = id,
            Venue = venue,
            Nickname = nickname,
            AccountType = type,
            Status = status,
            Credentials = credentials,
            CredentialIds = [.. credentials.Select(static credential => credential.CredentialId)],
        };
    }

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
}
