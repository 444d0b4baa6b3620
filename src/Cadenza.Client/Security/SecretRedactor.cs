using System;
using System.Collections.Generic;
using System.Security;
using System.Text;
using Cadenza.Client.Text;

namespace Cadenza.Client.Security;

/// <summary>
/// Takes text out of an answer: fit for a terminal, and without our own secrets, should the server quote them. A server that repeats
/// the key it did not like is not unheard of. Works on decoded text, since JSON can write one character in many ways.
/// </summary>
internal sealed class SecretRedactor(IReadOnlyList<SecureString> secrets)
{
    /// <summary>For answers to requests that carried no secret.</summary>
    public static readonly SecretRedactor Plain = new([]);

    /// <summary>Shorter secrets are not looked for: they would match by chance and blot out half the answer.</summary>
    private const int MinSecretLength = 4;

    private const int MaxRequestIdLength = 128;

    /// <summary>Text of any length, on one line or many.</summary>
    public string Redact(string text) => TextSanitizer.Sanitize(Mask(text));

    /// <summary>A message: one line of bounded length; null for an empty one. Masked before it is cut, lest half a secret stays.</summary>
    public string? RedactMessage(string? text) => text is null ? null : TextSanitizer.SanitizeMessage(Mask(text));

    /// <summary>A request id; null for an empty one.</summary>
    public string? RedactRequestId(string? text)
    {
        string? cleaned = RedactMessage(text);
        return cleaned?.Length > MaxRequestIdLength ? cleaned.Substring(0, MaxRequestIdLength) : cleaned;
    }

    private string Mask(string text)
    {
        foreach (SecureString secret in secrets)
        {
            if (secret.Length >= MinSecretLength && secret.Length <= text.Length)
            {
                using var chars = new SecretChars(secret);
                text = Replace(text, chars.Span);
            }
        }

        return text;
    }

    /// <summary>Without regard to case: host names come back in lower case.</summary>
    private static string Replace(string text, ReadOnlySpan<char> secret)
    {
        int at = text.AsSpan().IndexOf(secret, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return text;
        }

        var masked = new StringBuilder();
        int start = 0;
        while (at >= 0)
        {
            masked.Append(text, start, at).Append(SecretMask.Masked);
            start += at + secret.Length;
            at = text.AsSpan(start).IndexOf(secret, StringComparison.OrdinalIgnoreCase);
        }

        return masked.Append(text, start, text.Length - start).ToString();
    }
}
