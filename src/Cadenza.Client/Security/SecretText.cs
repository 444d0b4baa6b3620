using System;
using System.Security;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Security;

/// <summary>Creates and inspects SecureStrings without leaving copies in memory.</summary>
internal static class SecretText
{
    /// <summary>A secret without characters.</summary>
    internal static readonly SecureString Empty = Wrap([]);

    /// <summary>Wraps text that already exists as plain text, such as a CSV field or an environment variable.</summary>
    public static SecureString Wrap(ReadOnlySpan<char> text)
    {
        var secret = new SecureString();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        secret.MakeReadOnly();
        return secret;
    }

    /// <summary>Copies a secret of the caller, who may change or dispose it.</summary>
    public static SecureString CopyReadOnly(SecureString secret)
    {
        SecureString copy = secret.Copy();
        copy.MakeReadOnly();
        return copy;
    }

    /// <summary>Whether the secret is null, empty or white space.</summary>
    public static bool IsBlank(SecureString? secret)
    {
        if (secret is null || secret.Length == 0)
        {
            return true;
        }

        using var chars = new SecretChars(secret);
        return chars.Span.IsWhiteSpace();
    }

    /// <summary>Whether the secret is valid UTF-16 and can be sent as UTF-8.</summary>
    public static bool IsUnicode(SecureString secret)
    {
        using var chars = new SecretChars(secret);
        return IsUnicode(chars.Span);
    }

    /// <summary>Whether both secrets contain the same characters.</summary>
    public static bool AreEqual(SecureString left, SecureString right)
    {
        using var a = new SecretChars(left);
        using var b = new SecretChars(right);
        return a.Span.SequenceEqual(b.Span);
    }

    /// <summary>
    /// Validates a token for the Authorization header (RFC 6750: visible ASCII). Returns the error or null.
    /// </summary>
    public static string? ValidateToken(SecureString token)
    {
        using var chars = new SecretChars(token);
        if (chars.Span.IsWhiteSpace())
        {
            return "it " + Messages.IsEmpty;
        }

        foreach (char c in chars.Span)
        {
            if (c is '\r' or '\n')
            {
                return "it " + Messages.HasLineBreak;
            }

            if (c is <= ' ' or '\u007F')
            {
                return "it " + Messages.HasSpaceOrControl;
            }

            if (c > '~')
            {
                return "it " + Messages.HasNonAscii;
            }
        }

        return NotAKey.FindFault(chars.Span, isChosen: false) is string fault ? "it " + fault : null;
    }

    /// <summary>Whether the characters are valid UTF-16.</summary>
    internal static bool IsUnicode(ReadOnlySpan<char> chars)
    {
        for (int i = 0; i < chars.Length; i++)
        {
            if (char.IsHighSurrogate(chars[i]) && i + 1 < chars.Length && char.IsLowSurrogate(chars[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(chars[i]))
            {
                return false;
            }
        }

        return true;
    }
}
