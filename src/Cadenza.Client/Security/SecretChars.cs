using System;
using System.Runtime.InteropServices;
using System.Security;

namespace Cadenza.Client.Security;

/// <summary>The decrypted characters of a SecureString, zeroed on disposal.</summary>
internal readonly struct SecretChars : IDisposable
{
    private readonly char[] _chars;

    public SecretChars(SecureString secret)
    {
        _chars = new char[secret.Length];
        IntPtr unmanaged = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            Marshal.Copy(unmanaged, _chars, 0, _chars.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(unmanaged);
        }
    }

    public ReadOnlySpan<char> Span => _chars;

    public char[] Array => _chars;

    public void Dispose() => System.Array.Clear(_chars, 0, _chars.Length);
}
