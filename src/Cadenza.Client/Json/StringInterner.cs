using System;
using System.Runtime.InteropServices;

namespace Cadenza.Client.Json;

/// <summary>
/// Gives the same object for the same bytes, so that the thousands of credentials of a list share the few venues, types and statuses
/// there are. Remembers one value in each of its places, so that a server with endless vocabularies costs no memory.
/// </summary>
/// <typeparam name="T">What the bytes are read as.</typeparam>
internal sealed class StringInterner<T>
    where T : class
{
    /// <summary>Longer ones are no words.</summary>
    public const int MaxLength = 64;

    private const int Places = 256;

    private readonly Entry[] _entries = new Entry[Places];

    /// <summary>What was made of these bytes before; null where they are new.</summary>
    public T? Find(ReadOnlySpan<byte> bytes)
    {
        ref Entry entry = ref _entries[PlaceOf(bytes)];
        return entry.Bytes is not null && bytes.SequenceEqual(entry.Bytes) ? entry.Value : null;
    }

    /// <summary>Remembers what was made of these bytes, and gives it back.</summary>
    public T Add(ReadOnlySpan<byte> bytes, T value)
    {
        if (bytes.Length <= MaxLength)
        {
            _entries[PlaceOf(bytes)] = new Entry { Bytes = bytes.ToArray(), Value = value };
        }

        return value;
    }

    private static int PlaceOf(ReadOnlySpan<byte> bytes)
    {
        // The length and both ends tell words apart; where they do not, they take turns in one place.
        ulong head = bytes.Length >= sizeof(ulong) ? MemoryMarshal.Read<ulong>(bytes) : ReadShort(bytes);
        ulong tail = bytes.Length >= sizeof(ulong) ? MemoryMarshal.Read<ulong>(bytes.Slice(bytes.Length - sizeof(ulong))) : 0;
        ulong mixed = unchecked(((head * 0x9E37_79B9_7F4A_7C15) ^ (tail * 0xC2B2_AE3D_27D4_EB4F)) + (ulong)bytes.Length);
        return (int)((mixed ^ (mixed >> 29)) >> 24) & (Places - 1);
    }

    private static ulong ReadShort(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        foreach (byte b in bytes)
        {
            value = (value << 8) | b;
        }

        return value;
    }

    private struct Entry
    {
        public byte[]? Bytes;
        public T Value;
    }
}
