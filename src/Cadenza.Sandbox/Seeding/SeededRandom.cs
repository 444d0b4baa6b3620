using System;

namespace Cadenza.Sandbox.Seeding;

/// <summary>SplitMix64. System.Random gives another sequence on another framework; a seed must give the same sandbox on
/// each.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private ulong _state = seed;

    public ulong NextUInt64()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 to below <paramref name="bound"/>.</summary>
    public int Next(int bound) => (int)(NextUInt64() % (ulong)bound);

    /// <summary>A number from 0 to below 1.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>An id of the form of a version 4 UUID.</summary>
    public Guid NextGuid()
    {
        ulong high = NextUInt64();
        ulong low = NextUInt64();
        return new Guid(
            (int)(high >> 32),
            (short)(high >> 16),
            (short)(0x4000 | (high & 0x0FFF)),
            (byte)(0x80 | ((low >> 56) & 0x3F)),
            (byte)(low >> 48),
            (byte)(low >> 40),
            (byte)(low >> 32),
            (byte)(low >> 24),
            (byte)(low >> 16),
            (byte)(low >> 8),
            (byte)low);
    }

    public string NextText(int length)
    {
        char[] text = new char[length];
        for (int i = 0; i < length; i++)
        {
            text[i] = Alphabet[Next(Alphabet.Length)];
        }

        return new string(text);
    }

    public byte[] NextBytes(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)NextUInt64();
        }

        return bytes;
    }
}
