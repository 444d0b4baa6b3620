using System;
using System.Collections.Generic;
using System.Security;
using System.Text;
using Cadenza.Client.Text;

namespace Cadenza.Client.Security;

/// <summary>
/// Redacts and sanitizes text of a response, because servers may quote the request's secrets in errors. Works on
/// decoded text, because JSON can escape a character in several ways.
/// </summary>
internal sealed class SecretRedactor(IReadOnlyList<SecureString> secrets)
{
    /// <summary>For responses to requests without secrets.</summary>
    public static readonly SecretRedactor Plain = new([]);

    /// <summary>Shorter secrets are not redacted: they would match unrelated text.</summary>
    private const int MinSecretLength = 4;

    private const int MaxRequestIdLength = 128;

    /// <summary>
    /// Redacts and sanitizes text of any length. Line breaks are control characters and are replaced.
    /// </summary>
    public string Redact(string text) => TextSanitizer.Sanitize(Mask(text));

    /// <summary>
    /// Redacts a message and then truncates it, so that no part of a secret remains. Returns null if it is blank.
    /// </summary>
    public string? RedactMessage(string? text) => text is null ? null : TextSanitizer.SanitizeMessage(Mask(text));

    /// <summary>Redacts and truncates a request id. Returns null if it is blank.</summary>
    public string? RedactRequestId(string? text)
    {
        string? redacted = RedactMessage(text);
        return redacted?.Length > MaxRequestIdLength ? redacted.Substring(0, MaxRequestIdLength) : redacted;
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

    /// <summary>Not case-sensitive, because host names are converted to lower case.</summary>
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
