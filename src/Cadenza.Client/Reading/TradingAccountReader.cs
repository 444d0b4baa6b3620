using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Cadenza.Client.Reading;

/// <summary>Reads a trading account; members that are not needed are passed over.</summary>
internal static class TradingAccountReader
{
    /// <summary>Reads one account from its JSON.</summary>
    /// <param name="json">The JSON of the object.</param>
    /// <param name="text">How its texts are taken out.</param>
    /// <exception cref="CredentialFormatException">It is no object, or a known member has an impossible type.</exception>
    public static TradingAccount Read(ReadOnlySpan<byte> json, AnswerText text)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new CredentialFormatException($"it is {JsonValues.Describe(reader.TokenType)}, not an object");
        }

        IReadOnlyList<string> credentialIds = [];
        string? id = null, venue = null, nickname = null, type = null, status = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = JsonValues.GetString(ref reader, "a member's name");
            reader.Read();
            switch (name)
            {
                case "tradingAccountId": id = JsonValues.ReadText(ref reader, name, text); break;
                case "venue": venue = JsonValues.ReadText(ref reader, name, text); break;
                case "nickname": nickname = JsonValues.ReadText(ref reader, name, text); break;
                case "accountType": type = JsonValues.ReadText(ref reader, name, text); break;
                case "credentials": credentialIds = ReadCredentialIds(ref reader); break;
                case "status": status = JsonValues.ReadText(ref reader, name, text); break;
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
            CredentialIds = credentialIds,
        };
    }

    private static List<string> ReadCredentialIds(ref Utf8JsonReader reader)
    {
        var ids = new List<string>();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return ids;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            string? id = reader.TokenType switch
            {
                JsonTokenType.StartObject => ReadCredentialId(ref reader),
                JsonTokenType.String => JsonValues.ReadText(ref reader, "credentials", AnswerText.Plain),
                _ => null,
            };
            if (!string.IsNullOrEmpty(id))
            {
                ids.Add(id!);
            }

            reader.Skip();
        }

        return ids;
    }

    /// <summary>The id of the credential object that the reader is at; leaves the reader at its end.</summary>
    private static string? ReadCredentialId(ref Utf8JsonReader reader)
    {
        string? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("credentialId"u8);
            reader.Read();
            if (isId)
            {
                id = JsonValues.ReadText(ref reader, "credentialId", AnswerText.Plain);
            }

            reader.Skip();
        }

        return id;
    }
}
