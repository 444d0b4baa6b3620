using System.Security.Cryptography;
using System.Text;

namespace Cadenza.Sandbox;

/// <summary>Identifies the keys of a credential without storing them.</summary>
public static class KeyFingerprint
{
    /// <summary>SHA-256 of <c>key|secret|passphrase</c> as 64 lower-case hex digits; an absent passphrase counts as
    /// empty.</summary>
    /// <param name="apiKey">The API key.</param>
    /// <param name="apiSecret">The API secret.</param>
    /// <param name="apiPassphrase">The passphrase, or null.</param>
    public static string Compute(string apiKey, string apiSecret, string? apiPassphrase)
    {
        using var sha = SHA256.Create();
#pragma warning disable CA1850 // HashData does not exist on netstandard2.0.
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(apiKey + "|" + apiSecret + "|" + apiPassphrase));
#pragma warning restore CA1850
        const string Digits = "0123456789abcdef";
        char[] text = new char[hash.Length * 2];
        for (int i = 0; i < hash.Length; i++)
        {
            text[2 * i] = Digits[hash[i] >> 4];
            text[(2 * i) + 1] = Digits[hash[i] & 15];
        }

        return new string(text);
    }
}
