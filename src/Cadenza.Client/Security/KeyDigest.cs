using System;
using System.Security;
using System.Security.Cryptography;

namespace Cadenza.Client.Security;

/// <summary>
/// Compares keys of one input without holding them. The digests depend on a random key and mean nothing elsewhere.
/// </summary>
internal sealed class KeyDigest : IDisposable
{
    private readonly HMACSHA256 _hash;

    /// <summary>Creates the digest with a random key.</summary>
    public KeyDigest()
    {
        byte[] key = new byte[32];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(key);
        _hash = new HMACSHA256(key);
    }

    /// <summary>Returns a text that is equal for equal sets of keys only.</summary>
    public string Compute(ApiKeySet keys) =>
        string.Join(
            "|", Compute(keys.ApiKey), Compute(keys.ApiSecret), Compute(keys.ApiPassphrase ?? SecretText.Empty));

    /// <summary>Returns a text that is equal for equal API keys only, whatever the secrets.</summary>
    public string ComputeForKey(ApiKeySet keys) => Compute(keys.ApiKey);

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private string Compute(SecureString secret)
    {
        using var chars = new SecretChars(secret);
        byte[] bytes = new byte[chars.Span.Length * sizeof(char)];
        try
        {
            Buffer.BlockCopy(chars.Array, 0, bytes, 0, bytes.Length);
            return Convert.ToBase64String(_hash.ComputeHash(bytes));
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }
    }
}
