using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cadenza.Client.Json;

/// <summary>
/// Returns the same object for the same bytes, so that the credentials of a list share their venues, types and
/// statuses. A cache with one value per slot, so that its memory is bounded.
/// </summary>
internal sealed class StringInterner<T>
    where T : class
{
    /// <summary>The maximum length of an interned value, in bytes.</summary>
    public const int MaxLength = 64;

    private const int SlotCount = 256;

    private readonly Entry[] _entries = new Entry[SlotCount];

    /// <summary>Gets the value for these bytes, or null if it is not in the cache.</summary>
    [MethodImpl(HotPath.Inlined)]
    public T? Find(ReadOnlySpan<byte> bytes)
    {
        ref Entry entry = ref _entries[GetSlot(bytes)];
        return entry.Bytes is not null && bytes.SequenceEqual(entry.Bytes) ? entry.Value : null;
    }

    /// <summary>Adds the value for these bytes and returns it.</summary>
    public T Add(ReadOnlySpan<byte> bytes, T value)
    {
        if (bytes.Length <= MaxLength)
        {
            _entries[GetSlot(bytes)] = new Entry { Bytes = bytes.ToArray(), Value = value };
        }

        return value;
    }

    [MethodImpl(HotPath.Inlined)]
    private static int GetSlot(ReadOnlySpan<byte> bytes)
    {
        // The length and both ends distinguish most values. Values with the same hash replace each other.
        ulong head = bytes.Length >= sizeof(ulong) ? MemoryMarshal.Read<ulong>(bytes) : ReadShort(bytes);
        ulong tail = bytes.Length >= sizeof(ulong)
            ? MemoryMarshal.Read<ulong>(bytes.Slice(bytes.Length - sizeof(ulong)))
            : 0;
        ulong mixed = unchecked(
            ((head * 0x9E37_79B9_7F4A_7C15) ^ (tail * 0xC2B2_AE3D_27D4_EB4F)) + (ulong)bytes.Length);
        return (int)((mixed ^ (mixed >> 29)) >> 24) & (SlotCount - 1);
    }

    [MethodImpl(HotPath.Inlined)]
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
