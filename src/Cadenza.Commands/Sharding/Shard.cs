using System;
using System.Security.Cryptography;

namespace Cadenza.Commands.Sharding;

/// <summary>
/// One of several disjoint sets of credentials, so that several machines can work without communication. The shard of a
/// credential depends on its id only and never changes. docs/scale-out.md defines the algorithm and has test vectors
/// for other implementations.
/// </summary>
internal sealed class Shard
{
    /// <summary>The maximum number of shards. It equals the maximum number of indexes of a Kubernetes Job.</summary>
    public const int MaxCount = 100_000;

    /// <summary>Replaces each character outside ASCII, because its lower case depends on the platform.</summary>
    private const byte NonAscii = 0x80;

    /// <summary>Creates a shard.</summary>
    /// <param name="index">The zero-based index of the shard.</param>
    /// <param name="count">The number of shards.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The count is not from 1 to <see cref="MaxCount"/>, or the index is negative or not less than the count.
    /// </exception>
    public Shard(int index, int count)
    {
        CheckCount(count);
        if (index < 0 || index >= count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(index), index, "The index must be at least 0 and less than the count.");
        }

        (Index, Count) = (index, count);
    }

    /// <summary>The zero-based index of the shard.</summary>
    public int Index { get; }

    /// <summary>The number of shards.</summary>
    public int Count { get; }

    /// <summary>Whether the credential with this id belongs to this shard. Ids are not case-sensitive.</summary>
    public bool Contains(string credentialId) => IndexOf(credentialId, Count) == Index;

    /// <summary>Returns the zero-based index of the shard of a credential.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is not from 1 to <see cref="MaxCount"/>.</exception>
    public static int IndexOf(string credentialId, int count)
    {
        CheckCount(count);
        byte[] hash = Hash(ToBytes(credentialId));
        uint number = ((uint)hash[0] << 24) | ((uint)hash[1] << 16) | ((uint)hash[2] << 8) | hash[3];
        return (int)(number % (uint)count);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"shard {Index} of {Count} (counted from 0)");

    private static byte[] ToBytes(string id)
    {
        byte[] bytes = new byte[id.Length];
        for (int i = 0; i < id.Length; i++)
        {
            char c = id[i];
            bytes[i] = c is >= 'A' and <= 'Z' ? (byte)(c | 0x20) : c < NonAscii ? (byte)c : NonAscii;
        }

        return bytes;
    }

    private static byte[] Hash(byte[] bytes)
    {
#if NET
        return SHA256.HashData(bytes);
#else
        // Not SHA256.Create: if Windows allows FIPS algorithms only, its implementation throws in Windows PowerShell.
        using var hash = new SHA256CryptoServiceProvider();
        return hash.ComputeHash(bytes);
#endif
    }

    private static void CheckCount(int count)
    {
        if (count is < 1 or > MaxCount)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "The count must be from 1 to 100000.");
        }
    }
}
