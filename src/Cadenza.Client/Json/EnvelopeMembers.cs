using System;
using System.Globalization;
using System.Text.Json;
using Cadenza.Client.Security;

namespace Cadenza.Client.Json;

/// <summary>Reads the small members of an envelope from their JSON. Members of an unexpected type count as missing.</summary>
internal static class EnvelopeMembers
{
    /// <summary>Reads a member of the envelope, which the name is positioned at; unknown ones are passed over.</summary>
    public static void Read(in Utf8JsonReader name, ReadOnlySpan<byte> json, Envelope envelope, SecretRedactor redactor)
    {
        var value = new Utf8JsonReader(json);
        value.Read();
        if (IsNamed(in name, "errno"u8))
        {
            envelope.Errno = ReadInteger(ref value);
        }
        else if (IsNamed(in name, "success"u8))
        {
            envelope.Success = ReadBoolean(ref value);
        }
        else if (IsNamed(in name, "error"u8))
        {
            envelope.Error = redactor.RedactMessage(ReadText(ref value));
        }
        else if (IsNamed(in name, "details"u8))
        {
            ReadDetails(ref value, envelope, redactor);
        }
        else if (IsNamed(in name, "pagination"u8))
        {
            envelope.Pagination = ReadPagination(ref value);
        }
    }

    /// <summary>Whether the member at hand has this name. One that is not valid Unicode has no name that we know.</summary>
    public static bool IsNamed(in Utf8JsonReader member, ReadOnlySpan<byte> name)
    {
        try
        {
            return member.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool? ReadBoolean(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,

        // Some servers write every value as a string; "false" must not pass for a missing member.
        JsonTokenType.String => bool.TryParse(ReadText(ref reader), out bool parsed) ? parsed : null,
        _ => null,
    };

    /// <summary>An integer, also where it was sent as a string.</summary>
    public static long? ReadInteger(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out long number) ? number : null;
        }

        return reader.TokenType == JsonTokenType.String
            && long.TryParse(ReadText(ref reader), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long parsed)
            ? parsed
            : null;
    }

    /// <summary>A string; null for anything else and for one that is not valid UTF-8.</summary>
    private static string? ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return null;
        }

        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void ReadDetails(ref Utf8JsonReader reader, Envelope envelope, SecretRedactor redactor)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (NextMember(ref reader, out string? name))
        {
            switch (name)
            {
                case "code": envelope.DetailsCode = redactor.RedactMessage(ReadText(ref reader)); break;
                case "request_id": envelope.RequestId = redactor.RedactRequestId(ReadText(ref reader)); break;
            }

            reader.Skip();
        }
    }

    private static Pagination? ReadPagination(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var pagination = new Pagination();
        while (NextMember(ref reader, out string? name))
        {
            switch (name)
            {
                case "offset": pagination.Offset = ReadInteger(ref reader); break;
                case "limit": pagination.Limit = ReadInteger(ref reader); break;
                case "total": pagination.Total = ReadInteger(ref reader); break;
                case "cursor": pagination.Cursor = ReadText(ref reader); break;
                case "hasNext": pagination.HasNext = ReadBoolean(ref reader); break;
            }

            reader.Skip();
        }

        return pagination;
    }

    /// <summary>Moves to the value of the object's next member and gives its name; null for a name that is not valid UTF-8.</summary>
    private static bool NextMember(ref Utf8JsonReader reader, out string? name)
    {
        name = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        try
        {
            name = reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // None that we know.
        }

        return reader.Read();
    }
}
