using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cadenza.Client.Security;

namespace Cadenza.Client.Json;

/// <summary>
/// Reads single JSON values. A value of the wrong type throws <see cref="CredentialFormatException"/>.
/// </summary>
internal static class JsonValues
{
    /// <summary>Reads a string, redacted and sanitized.</summary>
    public static string? ReadText(ref Utf8JsonReader reader, string member, SecretRedactor redactor)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            throw new CredentialFormatException($"{member} is {Describe(reader.TokenType)}, not a string");
        }

        return redactor.Redact(GetString(ref reader, member));
    }

    /// <summary>
    /// Reads a time: Unix time in milliseconds, as a number or string, or ISO 8601 (in UTC if it has no offset).
    /// </summary>
    public static DateTimeOffset? ReadTime(ref Utf8JsonReader reader, string member)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.Number when reader.TryGetInt64(out long number):
                return FromMilliseconds(number, member);
            case JsonTokenType.Number when reader.TryGetDouble(out double fraction) && Math.Abs(fraction) < 1e15:
                return FromMilliseconds((long)fraction, member);
            case JsonTokenType.String:
                string text = GetString(ref reader, member);
                if (text.Length == 0)
                {
                    return null;
                }

                if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long digits))
                {
                    return FromMilliseconds(digits, member);
                }

                const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
                if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out DateTimeOffset time))
                {
                    return time;
                }

                break;
        }

        throw new CredentialFormatException($"{member} is not a time");
    }

    /// <summary>Reads an array of strings. Null gives an empty array.</summary>
    public static IReadOnlyList<string> ReadTexts(ref Utf8JsonReader reader, string member, SecretRedactor redactor)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return [];
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new CredentialFormatException($"{member} is {Describe(reader.TokenType)}, not an array");
        }

        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadText(ref reader, member, redactor) is string item)
            {
                texts.Add(item);
            }
        }

        return texts.ToArray();
    }

    /// <summary>
    /// Reads any value as string, long, double, bool, null, array or dictionary. Masks members with names of secrets.
    /// </summary>
    public static object? ReadAny(ref Utf8JsonReader reader, string member, SecretRedactor redactor)
    {
        if (SecretMask.IsSecretName(member))
        {
            bool isNull = reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            return isNull ? null : SecretMask.Masked;
        }

        return reader.TokenType switch
        {
            JsonTokenType.String => ReadText(ref reader, member, redactor),
            JsonTokenType.Number => ReadNumber(ref reader),
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.StartArray => ReadArray(ref reader, member, redactor),
            JsonTokenType.StartObject => ReadObject(ref reader, redactor),
            _ => null,
        };
    }

    /// <summary>Reads the string as sent. Throws if it is not valid Unicode.</summary>
    public static string GetString(ref Utf8JsonReader reader, string member)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new CredentialFormatException($"{member} is not valid Unicode");
        }
    }

    public static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.Null => "null",
        JsonTokenType.Number => "a number",
        JsonTokenType.String => "a string",
        JsonTokenType.True or JsonTokenType.False => "a Boolean",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        _ => "something else",
    };

    /// <summary>
    /// A number outside the range of double stays text: .NET Framework would throw and .NET would return infinity.
    /// </summary>
    private static object ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out long whole))
        {
            return whole;
        }

        return reader.TryGetDouble(out double number) && !double.IsInfinity(number)
            ? number
            : Encoding.UTF8.GetString(reader.ValueSpan.ToArray());
    }

    private static List<object?> ReadArray(ref Utf8JsonReader reader, string member, SecretRedactor redactor)
    {
        var items = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadAny(ref reader, member, redactor));
        }

        return items;
    }

    private static Dictionary<string, object?> ReadObject(ref Utf8JsonReader reader, SecretRedactor redactor)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = redactor.Redact(GetString(ref reader, "a member's name"));
            reader.Read();
            members[name] = ReadAny(ref reader, name, redactor);
        }

        return members;
    }

    private static DateTimeOffset FromMilliseconds(long milliseconds, string member)
    {
        try
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new CredentialFormatException($"{member} is not a time");
        }
    }
}
