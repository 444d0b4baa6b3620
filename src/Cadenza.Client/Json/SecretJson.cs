using System;
using System.Globalization;
using System.Security;
using System.Text;
using System.Text.Json;
using Cadenza.Client.Security;

namespace Cadenza.Client.Json;

/// <summary>Writes secrets to JSON. System.Text.Json's escaping would leave copies in pooled arrays.</summary>
internal static class SecretJson
{
    private static readonly Encoding Strict = new UTF8Encoding(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes a member whose value is the secret.</summary>
    public static void WriteSecret(this Utf8JsonWriter writer, string member, SecureString secret)
    {
        using var chars = new SecretChars(secret);
        using var value = new ZeroingBuffer();
        WriteByte(value, (byte)'"');
        WriteEscaped(value, chars.Span);
        WriteByte(value, (byte)'"');
        writer.WritePropertyName(member);
        writer.WriteRawValue(value.WrittenSpan, skipInputValidation: true);
    }

    /// <summary>Writes the characters of a JSON string and escapes only what JSON requires.</summary>
    public static void WriteEscaped(ZeroingBuffer buffer, ReadOnlySpan<char> text)
    {
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c >= ' ' && c != '"' && c != '\\')
            {
                continue;
            }

            WriteUtf8(buffer, text.Slice(start, i - start));
            WriteUtf8(buffer, c is '"' or '\\'
                ? ['\\', c]
                : ("\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture)).AsSpan());
            start = i + 1;
        }

        WriteUtf8(buffer, text.Slice(start));
    }

    /// <summary>Writes the characters as UTF-8.</summary>
    public static void WriteUtf8(ZeroingBuffer buffer, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        Span<byte> target = buffer.GetSpan(text.Length * 3);
#if NET
        buffer.Advance(Strict.GetBytes(text, target));
#else
        char[] chars = text.ToArray();
        byte[] bytes = Strict.GetBytes(chars);
        bytes.AsSpan().CopyTo(target);
        buffer.Advance(bytes.Length);
        Array.Clear(bytes, 0, bytes.Length);
        Array.Clear(chars, 0, chars.Length);
#endif
    }

    private static void WriteByte(ZeroingBuffer buffer, byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }
}
