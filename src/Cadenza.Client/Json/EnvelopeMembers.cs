using System;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cadenza.Client.Security;

namespace Cadenza.Client.Json;

/// <summary>Reads the members of an envelope. A member of an unexpected type counts as missing.</summary>
internal static class EnvelopeMembers
{
    /// <summary>Reads the member at the position of <c>name</c>. Ignores unknown members.</summary>
    public static void Read(in Utf8JsonReader name, ReadOnlySpan<byte> json, Envelope envelope, SecretRedactor redactor)
    {
        var value = new Utf8JsonReader(json);
        value.Read();
        if (IsNamed(in name, "errno"u8))
        {
            ReadErrno(ref value, envelope);
        }
        else if (IsNamed(in name, "success"u8))
        {
            ReadSuccess(ref value, envelope);
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

    /// <summary>Whether the current member has this name. False if its name is not valid Unicode.</summary>
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

    private static void ReadErrno(ref Utf8JsonReader reader, Envelope envelope)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        ErrorNumber number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long integer)
            ? new ErrorNumber(IsNumber: true, integer == 0, integer)
            : ErrorNumber.Read(
                reader.TokenType == JsonTokenType.Number
                    ? Encoding.ASCII.GetString(reader.ValueSpan.ToArray())
                    : ReadText(ref reader)?.Trim());
        envelope.HasUnreadableResult |= !number.IsNumber;
        if (number.IsNumber && !envelope.HasFailureErrno)
        {
            // Of several, one that is a failure counts.
            envelope.Errno = number.Value;
            envelope.HasFailureErrno = !number.IsZero;
        }
    }

    private static void ReadSuccess(ref Utf8JsonReader reader, Envelope envelope)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        bool? success = ReadBoolean(ref reader);
        envelope.HasUnreadableResult |= success is null;
        envelope.Success = envelope.Success == false ? false : success ?? envelope.Success;
    }

    private static bool? ReadBoolean(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,

        // Some servers send every value as a string; "false" must not count as missing.
        JsonTokenType.String => bool.TryParse(ReadText(ref reader), out bool parsed) ? parsed : null,
        _ => null,
    };

    /// <summary>Reads an integer, which may be sent as a string.</summary>
    public static long? ReadInteger(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out long number) ? number : null;
        }

        return reader.TokenType == JsonTokenType.String
            && long.TryParse(
                ReadText(ref reader), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long parsed)
            ? parsed
            : null;
    }

    /// <summary>Reads a string. Returns null for other types and invalid UTF-8.</summary>
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

    /// <summary>Moves to the value of the next member and returns its name, or null if it is not valid UTF-8.</summary>
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
            // Not a known name.
        }

        return reader.Read();
    }
}
