using System;
using System.Security;

namespace Cadenza.Client.Security;

/// <summary>Makes and inspects SecureStrings without leaving copies behind.</summary>
public static class SecretText
{
    /// <summary>Stands for a value that was given as a secret and is neither a string nor a SecureString.</summary>
    public static readonly SecureString Unusable = Wrap([]);

    /// <summary>Wraps text that already exists in the clear, such as a CSV field or an environment variable.</summary>
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

    /// <summary>Whether there is nothing but white space in it.</summary>
    public static bool IsBlank(SecureString? secret)
    {
        if (secret is null || secret.Length == 0)
        {
            return true;
        }

        using var chars = new SecretChars(secret);
        return chars.Span.IsWhiteSpace();
    }

    /// <summary>Whether it can be sent as UTF-8: half a surrogate pair cannot.</summary>
    public static bool IsUnicode(SecureString secret)
    {
        using var chars = new SecretChars(secret);
        for (int i = 0; i < chars.Span.Length; i++)
        {
            if (char.IsHighSurrogate(chars.Span[i]) && i + 1 < chars.Span.Length && char.IsLowSurrogate(chars.Span[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(chars.Span[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether both hold the same characters.</summary>
    public static bool AreEqual(SecureString left, SecureString right)
    {
        using var a = new SecretChars(left);
        using var b = new SecretChars(right);
        return a.Span.SequenceEqual(b.Span);
    }

    /// <summary>Says why the text cannot be sent in an Authorization header, or null where it can (RFC 6750: visible ASCII).</summary>
    public static string? ValidateToken(SecureString token)
    {
        using var chars = new SecretChars(token);
        if (chars.Span.IsWhiteSpace())
        {
            return ReferenceEquals(token, Unusable) ? "it is neither a string nor a SecureString" : "it is empty";
        }

        foreach (char c in chars.Span)
        {
            if (c is '\r' or '\n')
            {
                return "it holds a line break";
            }

            if (c is <= ' ' or '\u007F')
            {
                return "it holds a space or a control character";
            }

            if (c > '~')
            {
                return "it holds a character that is not ASCII";
            }
        }

        return null;
    }
}
