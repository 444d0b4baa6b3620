using System.Security.Cryptography;
using System.Text;

namespace Cadenza.Commands.Watching;

/// <summary>
/// A digest of a masked API key, by which a rotation is noticed. The masked key itself is not kept: a state file would
/// otherwise contain parts of the key.
/// </summary>
internal static class KeyMark
{
    /// <summary>The mark of a credential whose masked key is not known.</summary>
    public const ulong None = 0;

    /// <summary>Returns the first 64 bits of the SHA-256 digest of the id and the masked key.</summary>
    public static ulong Of(string credentialId, string? maskedKey)
    {
        if (string.IsNullOrEmpty(maskedKey))
        {
            return None;
        }

        byte[] text = Encoding.UTF8.GetBytes(credentialId + "\n" + maskedKey);
#if NET
        byte[] digest = SHA256.HashData(text);
#else
        using var hash = SHA256.Create();
        byte[] digest = hash.ComputeHash(text);
#endif
        ulong mark = 0;
        for (int i = 0; i < sizeof(ulong); i++)
        {
            mark = (mark << 8) | digest[i];
        }

        return mark == None ? 1 : mark;
    }
}
