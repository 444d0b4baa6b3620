using System;
using System.Security;
using System.Text.Json;
using Cadenza.Client.Security;

namespace Cadenza.Client.Authentication;

/// <summary>Reads claims of a JWT. The signature is not verified; the server does that.</summary>
internal static class JsonWebToken
{
    /// <summary>
    /// Reads the token's <c>exp</c> claim. Returns null if the token is not a JWT or has no such claim.
    /// </summary>
    public static DateTimeOffset? ReadExpiry(SecureString token)
    {
        using var chars = new SecretChars(token);
        ReadOnlySpan<char> span = chars.Span;
        int first = span.IndexOf('.');
        int length = first < 0 ? -1 : span.Slice(first + 1).IndexOf('.');
        if (length <= 0)
        {
            return null;
        }

        char[] base64 = new char[(length + 3) / 4 * 4];
        base64.AsSpan().Fill('=');
        for (int i = 0; i < length; i++)
        {
            base64[i] = span[first + 1 + i] switch { '-' => '+', '_' => '/', char c => c };
        }

        byte[] payload = [];
        try
        {
            payload = Convert.FromBase64CharArray(base64, 0, base64.Length);
            return FindExpiry(payload);
        }
        catch (Exception e) when (
            e is FormatException or JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
        finally
        {
            Array.Clear(base64, 0, base64.Length);
            Array.Clear(payload, 0, payload.Length);
        }
    }

    private static DateTimeOffset? FindExpiry(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1
                && reader.TokenType == JsonTokenType.PropertyName
                && reader.ValueTextEquals("exp"u8))
            {
                reader.Read();
                return reader.TryGetInt64(out long seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
            }
        }

        return null;
    }
}
