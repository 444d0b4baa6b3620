using System;
using System.IO;
using System.Text;
using System.Text.Json;
using Cadenza.Client.Security;
using Cadenza.Client.Text;

namespace Cadenza.Client.Json;

/// <summary>Formats a body for debug output and masks the members with names of secrets.</summary>
internal static class MaskedJson
{
    private const int MaxShown = 4096;

    /// <summary>
    /// Returns the masked JSON, truncated to 4 KiB, or only the size if the body is not JSON and cannot be masked.
    /// </summary>
    public static string Format(ReadOnlySpan<byte> body)
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
                Copy(ref reader, writer);
            }

            string text = TextSanitizer.Sanitize(Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length));
            return text.Length <= MaxShown ? text : text.Substring(0, MaxShown) + "...";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return $"({body.Length} bytes that are not JSON)";
        }
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject: writer.WriteStartObject(); break;
                case JsonTokenType.EndObject: writer.WriteEndObject(); break;
                case JsonTokenType.StartArray: writer.WriteStartArray(); break;
                case JsonTokenType.EndArray: writer.WriteEndArray(); break;
                case JsonTokenType.PropertyName: CopyMember(ref reader, writer); break;
                case JsonTokenType.String: writer.WriteStringValue(reader.GetString()); break;
                default: writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true); break;
            }
        }
    }

    private static void CopyMember(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        string name = reader.GetString()!;
        writer.WritePropertyName(name);
        bool isKey = name.Equals("apiKey", StringComparison.OrdinalIgnoreCase);
        if (isKey || SecretMask.IsSecretName(name))
        {
            reader.Read();
            reader.Skip();
            writer.WriteStringValue(SecretMask.Masked);
        }
    }
}
