using System;
using System.Security.Cryptography;
using System.Text;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Journal;

/// <summary>
/// The nickname as a journal contains it: a very long one is truncated, and a hash of the whole is added so that it
/// still identifies a credential to create.
/// </summary>
internal static class JournalNickname
{
    /// <summary>The longest nickname that is not truncated, in UTF-16 code units.</summary>
    public const int MaxLength = 256;

    private const int MaxBeginning = 180;

    /// <summary>Returns the form of a nickname in a journal. A form stays as it is.</summary>
    public static string? Shorten(string? nickname) => nickname is null || nickname.Length <= MaxLength
        ? nickname
        : $"{TextTruncation.Cut(nickname, MaxBeginning)}\u2026 (SHA-256 {Hash(nickname)})";

    private static string Hash(string text)
    {
        byte[] bytes = Encoding.Unicode.GetBytes(text);
#if NET
        return Convert.ToHexString(SHA256.HashData(bytes)).Substring(0, 32);
#else
        // Not SHA256.Create: if Windows allows FIPS algorithms only, its implementation throws in Windows PowerShell.
        using var hash = new SHA256CryptoServiceProvider();
        return BitConverter.ToString(hash.ComputeHash(bytes)).Replace("-", "").Substring(0, 32);
#endif
    }
}
