using System;
using System.Collections.Generic;
using System.Security;

namespace Cadenza.Client.Secrets;

/// <summary>
/// Keeps a server's answer from carrying our own secrets into messages and objects: a server that quotes the key it did not like
/// is not unheard of.
/// </summary>
internal static class SecretMask
{
    /// <summary>Shorter secrets are not looked for: they would match by chance and blot out half the answer.</summary>
    private const int MinLength = 4;

    /// <summary>What stands in place of a masked value.</summary>
    public const string Masked = "***";

    private static readonly string[] SecretWords = ["secret", "passphrase", "password", "token", "privatekey", "private_key", "authorization", "apikey", "api_key"];

    /// <summary>Overwrites each occurrence of each secret, plain or JSON-escaped, with asterisks of the same length.</summary>
    public static void Apply(Span<byte> body, IReadOnlyList<SecureString> secrets)
    {
        foreach (SecureString secret in secrets)
        {
            if (secret.Length < MinLength)
            {
                continue;
            }

            using var chars = new SecretChars(secret);
            using var plain = new ZeroingBuffer();
            SecretJson.WriteUtf8(plain, chars.Span);
            Overwrite(body, plain.WrittenSpan);

            using var escaped = new ZeroingBuffer();
            SecretJson.WriteEscaped(escaped, chars.Span);
            Overwrite(body, escaped.WrittenSpan);
        }
    }

    /// <summary>Whether a JSON member or header of this name holds a secret, going by its name.</summary>
    public static bool IsSecretName(string name)
    {
        foreach (string word in SecretWords)
        {
            if (name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                // "tokenType" and the like tell what a secret is, not the secret.
                return !name.EndsWith("Type", StringComparison.OrdinalIgnoreCase);
            }
        }

        return false;
    }

    /// <summary>The API key as it may be shown: as the server masked it, or masked here if the server did not.</summary>
    public static string MaskKey(string key) =>
        key.IndexOf('*') >= 0 ? key : key.Substring(0, Math.Min(4, key.Length / 4)) + Masked;

    private static void Overwrite(Span<byte> body, ReadOnlySpan<byte> secret)
    {
        int at;
        while ((at = body.IndexOf(secret)) >= 0)
        {
            body.Slice(at, secret.Length).Fill((byte)'*');
            body = body.Slice(at + secret.Length);
        }
    }
}
