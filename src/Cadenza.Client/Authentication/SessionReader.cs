using System;
using System.Security;
using System.Text.Json;
using Cadenza.Client.Json;
using Cadenza.Client.Models;
using Cadenza.Client.Security;

namespace Cadenza.Client.Authentication;

/// <summary>Reads the responses of the authentication API.</summary>
internal static class SessionReader
{
    /// <summary>Unix times from this value are in milliseconds. In seconds it would be the year 5138.</summary>
    private const long FirstMilliseconds = 100_000_000_000;

    /// <summary>Reads the response to a login or a refresh.</summary>
    public static SessionTokens ReadSession(ReadOnlySpan<byte> json, SecretRedactor redactor)
    {
        try
        {
            return ReadSessionMembers(json, redactor);
        }
        catch (InvalidOperationException)
        {
            throw new CredentialFormatException("a member's name is not valid Unicode");
        }
    }

    /// <summary>Reads the response to the request for the signed-in user.</summary>
    public static SignedInUser ReadUser(ReadOnlySpan<byte> json, SecretRedactor redactor)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        try
        {
            return ReadUser(ref reader, redactor) ?? throw new CredentialFormatException("it does not contain a user");
        }
        catch (InvalidOperationException)
        {
            throw new CredentialFormatException("a member's name is not valid Unicode");
        }
    }

    private static SessionTokens ReadSessionMembers(ReadOnlySpan<byte> json, SecretRedactor redactor)
    {
        SecureString? access = null, refresh = null;
        TimeSpan? expiresIn = null;
        DateTimeOffset? expiresAt = null;
        SignedInUser? user = null;

        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("accessToken"u8))
            {
                access = ReadSecret(ref reader, "accessToken");
            }
            else if (reader.ValueTextEquals("refreshToken"u8))
            {
                refresh = ReadSecret(ref reader, "refreshToken");
            }
            else if (reader.ValueTextEquals("expiresIn"u8))
            {
                expiresIn = ReadNumber(ref reader) is long seconds and > 0 and < int.MaxValue
                    ? TimeSpan.FromSeconds(seconds)
                    : null;
            }
            else if (reader.ValueTextEquals("expiresAt"u8))
            {
                expiresAt = ReadNumber(ref reader) is long time ? ToTime(time) : null;
            }
            else if (reader.ValueTextEquals("user"u8))
            {
                reader.Read();
                user = ReadUser(ref reader, redactor);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (access is null || SecretText.ValidateToken(access) is not null)
        {
            throw new CredentialFormatException(
                access is { Length: > 0 } ? "its accessToken cannot be sent in a header" : "it has no accessToken");
        }

        return new SessionTokens
        {
            AccessToken = access,
            RefreshToken = refresh is { Length: > 0 } ? refresh : null,
            ExpiresIn = expiresIn,
            ExpiresAt = expiresAt,
            User = user,
        };
    }

    private static SignedInUser? ReadUser(ref Utf8JsonReader reader, SecretRedactor redactor)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        string? id = null, email = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("id"u8);
            bool isEmail = reader.ValueTextEquals("email"u8);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String)
            {
                id = JsonValues.ReadText(ref reader, "id", redactor);
            }
            else if (isEmail && reader.TokenType == JsonTokenType.String)
            {
                email = JsonValues.ReadText(ref reader, "email", redactor);
            }

            reader.Skip();
        }

        return new SignedInUser(id, email);
    }

    /// <summary>Copies the value without creating a string, which could not be zeroed.</summary>
    private static SecureString? ReadSecret(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            return reader.TokenType == JsonTokenType.Null
                ? null
                : throw new CredentialFormatException($"{member} is not a string");
        }

        char[] chars = new char[reader.ValueSpan.Length];
        try
        {
            int length = reader.CopyString(chars);
            return SecretText.Wrap(chars.AsSpan(0, length));
        }
        catch (InvalidOperationException)
        {
            throw new CredentialFormatException($"{member} is not valid Unicode");
        }
        finally
        {
            Array.Clear(chars, 0, chars.Length);
        }
    }

    private static long? ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        long? number = EnvelopeMembers.ReadInteger(ref reader);
        reader.Skip();
        return number;
    }

    private static DateTimeOffset? ToTime(long time)
    {
        try
        {
            return time >= FirstMilliseconds
                ? DateTimeOffset.FromUnixTimeMilliseconds(time)
                : DateTimeOffset.FromUnixTimeSeconds(time);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
