using System;
using System.IO;
using System.Text;
using System.Text.Json;
using Cadenza.Sandbox.Seeding;

namespace Cadenza.Sandbox.Auth;

/// <summary>Writes tokens that look like a JWT. The signature is random and not checked: the sandbox stores the tokens
/// that it issued.</summary>
internal sealed class AccessTokenWriter(SeededRandom random, Guid userId, string email)
{
    private static readonly string Header = Encode(Encoding.ASCII.GetBytes("""{"alg":"HS256","typ":"JWT"}"""));

    public string Write(DateTimeOffset issued, DateTimeOffset expires)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("sub"u8, userId);
            json.WriteString("email"u8, email);
            json.WriteString("role"u8, "authenticated"u8);
            json.WriteString("session_id"u8, random.NextGuid());
            json.WriteNumber("iat"u8, issued.ToUnixTimeSeconds());
            json.WriteNumber("exp"u8, expires.ToUnixTimeSeconds());
            json.WriteEndObject();
        }

        return Header + "." + Encode(buffer.ToArray()) + "." + Encode(random.NextBytes(32));
    }

    private static string Encode(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
