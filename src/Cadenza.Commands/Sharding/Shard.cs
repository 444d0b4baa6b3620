using System;
using System.Security.Cryptography;

namespace Cadenza.Commands.Sharding;

/// <summary>
/// One of several parts into which credentials are divided, so that as many machines can work without speaking to each other. Which part a
/// credential belongs to follows from its id alone, for ever: docs/scale-out.md defines it, with vectors for other implementations.
/// </summary>
public sealed class Shard
{
    /// <summary>The largest number of shards that is taken: as many as a Kubernetes Job has indexes.</summary>
    public const int MaxCount = 100_000;

    /// <summary>What stands for any character outside ASCII. What is its lower case depends on the platform; that it is none of ASCII does not.</summary>
    private const byte Other = 0x80;

    /// <summary>A shard.</summary>
    /// <param name="index">Which one, from 0.</param>
    /// <param name="count">Of how many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is not 1 to <see cref="MaxCount"/>, or the index not 0 to below the count.</exception>
    public Shard(int index, int count)
    {
        CheckCount(count);
        if (index < 0 || index >= count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, "The index must be at least 0 and below the count.");
        }

        (Index, Count) = (index, count);
    }

    /// <summary>Which one, from 0.</summary>
    public int Index { get; }

    /// <summary>Of how many.</summary>
    public int Count { get; }

    /// <summary>Whether the credential of this id belongs to this shard. Ids that differ only in case are one credential's.</summary>
    public bool Contains(string credentialId) => IndexOf(credentialId, Count) == Index;

    /// <summary>Which of so many shards the credential of this id belongs to, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is not 1 to <see cref="MaxCount"/>.</exception>
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
            bytes[i] = c is >= 'A' and <= 'Z' ? (byte)(c | 0x20) : c < Other ? (byte)c : Other;
        }

        return bytes;
    }

    private static byte[] Hash(byte[] bytes)
    {
#if NET
        return SHA256.HashData(bytes);
#else
        // Not SHA256.Create: on a Windows that allows FIPS algorithms only, Windows PowerShell gets one from it that refuses to work.
        using var hash = new SHA256CryptoServiceProvider();
        return hash.ComputeHash(bytes);
#endif
    }

    private static void CheckCount(int count)
    {
        if (count is < 1 or > MaxCount)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "The count must be 1 to 100000.");
        }
    }
}
