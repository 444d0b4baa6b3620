using System;
using System.IO;
using System.Text;
using System.Text.Json;
using Cadenza.Client.Security;
using Cadenza.Client.Text;

namespace Cadenza.Client.Json;

/// <summary>
/// Formats a body for debug output. Masks members with names of secrets, and secrets in other members.
/// </summary>
internal static class MaskedJson
{
    private const int MaxShown = 4096;

    // More than is shown is not redacted, only parsed. A character has up to 6 bytes: an escape.
    private const int MaxWritten = 6 * MaxShown;

    /// <summary>
    /// Returns the masked JSON, truncated to 4 KiB, or only the size if the body is not JSON and cannot be masked.
    /// </summary>
    public static string Format(ReadOnlySpan<byte> body, SecretRedactor redactor)
    {
        if (body.IsEmpty)
        {
            return "(empty)";
        }

        try
        {
            using var output = new MemoryStream();
            using (var writer = new Utf8JsonWriter(output))
            {
                var reader = new Utf8JsonReader(body);
                Copy(ref reader, writer, redactor);
            }

            string text = TextSanitizer.Sanitize(Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length));
            return text.Length <= MaxShown ? text : text.Substring(0, MaxShown) + "...";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return $"({body.Length} bytes that are not JSON)";
        }
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer, SecretRedactor redactor)
    {
        while (reader.Read())
        {
            bool isShown = writer.BytesCommitted + writer.BytesPending < MaxWritten;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject: writer.WriteStartObject(); break;
                case JsonTokenType.EndObject: writer.WriteEndObject(); break;
                case JsonTokenType.StartArray: writer.WriteStartArray(); break;
                case JsonTokenType.EndArray: writer.WriteEndArray(); break;
                case JsonTokenType.PropertyName: CopyMember(ref reader, writer, redactor, isShown); break;
                case JsonTokenType.String:
                    writer.WriteStringValue(Redact(reader.GetString()!, redactor, isShown));
                    break;
                default: CopyLiteral(ref reader, writer, redactor, isShown); break;
            }
        }
    }

    private static void CopyMember(
        ref Utf8JsonReader reader, Utf8JsonWriter writer, SecretRedactor redactor, bool isShown)
    {
        string name = reader.GetString()!;
        writer.WritePropertyName(isShown ? redactor.Redact(name) : "");
        if (SecretMask.IsSecretName(name))
        {
            reader.Read();
            reader.Skip();
            writer.WriteStringValue(SecretMask.Masked);
        }
    }

    /// <summary>A number may be a secret of digits.</summary>
    private static void CopyLiteral(
        ref Utf8JsonReader reader, Utf8JsonWriter writer, SecretRedactor redactor, bool isShown)
    {
        string text = Encoding.UTF8.GetString(reader.ValueSpan.ToArray());
        if (reader.TokenType == JsonTokenType.Number && Redact(text, redactor, isShown) != text)
        {
            writer.WriteStringValue(SecretMask.Masked);
        }
        else
        {
            writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
        }
    }

    private static string Redact(string text, SecretRedactor redactor, bool isShown) =>
        isShown ? redactor.RedactDetail(text) : "";
}
