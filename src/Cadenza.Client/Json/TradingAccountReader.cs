using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Cadenza.Client.Models;
using Cadenza.Client.Security;

namespace Cadenza.Client.Json;

/// <summary>Reads a trading account; members that are not needed are passed over.</summary>
internal static class TradingAccountReader
{
    /// <summary>Reads one account from its JSON.</summary>
    /// <param name="json">The JSON of the object.</param>
    /// <param name="redactor">How its texts are taken out.</param>
    /// <exception cref="CredentialFormatException">It is no object, or a known member has an impossible type.</exception>
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
                JsonTokenType.String => new ListedCredential(JsonValues.ReadText(ref reader, "credentials", SecretRedactor.Plain)!, null, null, null),
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

    /// <summary>What the credential object that the reader is at says of itself; leaves the reader at its end.</summary>
    private static ListedCredential ReadCredential(ref Utf8JsonReader reader, SecretRedactor redactor)
    {
        string? id = null, venue = null, nickname = null, status = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            CredentialMember member = CredentialMembers.Identify(ref reader);
            reader.Read();
            switch (member)
            {
                case CredentialMember.CredentialId: id = JsonValues.ReadText(ref reader, "credentialId", SecretRedactor.Plain); break;
                case CredentialMember.Venue: venue = ReadIfText(ref reader, redactor); break;
                case CredentialMember.Nickname or CredentialMember.Name: nickname = ReadIfText(ref reader, redactor) ?? nickname; break;
                case CredentialMember.Status: status = ReadIfText(ref reader, redactor); break;
            }

            reader.Skip();
        }

        return new ListedCredential(id!, venue, nickname, status);
    }

    /// <summary>A text, or null: what it says besides the id is welcome, and nothing that an account could be faulted for.</summary>
    private static string? ReadIfText(ref Utf8JsonReader reader, SecretRedactor redactor) =>
        reader.TokenType == JsonTokenType.String && JsonValues.ReadText(ref reader, "credentials", redactor) is { Length: > 0 } known ? known : null;
}
