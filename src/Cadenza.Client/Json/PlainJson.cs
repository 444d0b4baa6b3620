#if NET
using System;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Cadenza.Client.Security;

namespace Cadenza.Client.Json;

/// <summary>
/// Moves through compact JSON whose strings are printable ASCII without escapes, and whose numbers are not negative
/// integers. It fails at everything else, which must then be read by Utf8JsonReader.
/// </summary>
internal ref struct PlainJson(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;

    /// <summary>Whether all of it was read.</summary>
    public readonly bool IsAtEnd => _at == _json.Length;

    /// <summary>Finds the quotation mark that ends a plain string, or -1.</summary>
    [MethodImpl(HotPath.Optimized)]
    public static int FindStringEnd(ReadOnlySpan<byte> json, int at)
    {
        ref byte start = ref MemoryMarshal.GetReference(json);
        for (; at <= json.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            // As signed numbers, bytes outside ASCII are less than a space, too.
            var bytes = Vector128.LoadUnsafe(ref start, (nuint)at);
            Vector128<byte> stops = Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)' ')).AsByte()
                | Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'@'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'%'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\x7F'));
            uint found = stops.ExtractMostSignificantBits();
            if (found != 0)
            {
                at += BitOperations.TrailingZeroCount(found);
                return json[at] == '"' ? at : -1;
            }
        }

        for (; (uint)at < (uint)json.Length; at++)
        {
            byte c = json[at];
            if (c == '"')
            {
                return at;
            }

            // A URI with user information has an @ or %40.
            if (c < ' ' || c > '~' || c == '\\' || c == '@' || c == '%')
            {
                return -1;
            }
        }

        return -1;
    }

    /// <summary>Moves past this character. Returns false if another one follows.</summary>
    [MethodImpl(HotPath.Inlined)]
    public bool TryRead(char character)
    {
        bool follows = IsAt(character);
        _at += follows ? 1 : 0;
        return follows;
    }

    /// <summary>Whether this character follows.</summary>
    [MethodImpl(HotPath.Inlined)]
    public readonly bool IsAt(char character) => (uint)_at < (uint)_json.Length && _json[_at] == character;

    /// <summary>Reads a string.</summary>
    [MethodImpl(HotPath.Inlined)]
    public bool TryReadString(out ReadOnlySpan<byte> text)
    {
        int end = IsAt('"') ? FindStringEnd(_json, _at + 1) : -1;
        if (end < 0)
        {
            text = default;
            return false;
        }

        text = _json.Slice(_at + 1, end - _at - 1);
        _at = end + 1;
        return true;
    }

    /// <summary>Reads the name of a member.</summary>
    [MethodImpl(HotPath.Inlined)]
    public bool TryReadName(out ReadOnlySpan<byte> name) => TryReadString(out name) && TryRead(':');

    /// <summary>Moves past a string, an integer, null, or an array of these.</summary>
    [MethodImpl(HotPath.Optimized)]
    public bool TrySkip()
    {
        if (!TryRead('['))
        {
            return TrySkipScalar();
        }

        if (TryRead(']'))
        {
            return true;
        }

        do
        {
            if (!TrySkipScalar())
            {
                return false;
            }
        }
        while (TryRead(','));
        return TryRead(']');
    }

    [MethodImpl(HotPath.Inlined)]
    private bool TrySkipScalar()
    {
        if (IsAt('"'))
        {
            return TryReadString(out _);
        }

        if (_json.Slice(_at).StartsWith("null"u8))
        {
            _at += 4;
            return true;
        }

        // JSON has no number with a leading zero.
        int start = _at;
        while ((uint)_at < (uint)_json.Length && (uint)(_json[_at] - '0') <= 9)
        {
            _at++;
        }

        return _at > start && (_json[start] != '0' || _at == start + 1);
    }

    /// <summary>Reads a string and decodes it.</summary>
    [MethodImpl(HotPath.Inlined)]
    public bool TryReadText(SecretRedactor redactor, [NotNullWhen(true)] out string? value)
    {
        value = TryReadString(out ReadOnlySpan<byte> text)
            ? redactor.RedactPlain(Encoding.ASCII.GetString(text))
            : null;
        return value is not null;
    }

    /// <summary>Reads a string that many elements of a list have.</summary>
    [MethodImpl(HotPath.Inlined)]
    public bool TryReadCommonText(
        SecretRedactor redactor, InternedValues interned, [NotNullWhen(true)] out string? value)
    {
        value = TryReadString(out ReadOnlySpan<byte> text)
            ? interned.Strings.Find(text)
                ?? interned.Strings.Add(text, redactor.RedactPlain(Encoding.ASCII.GetString(text)))
            : null;
        return value is not null;
    }
}
#endif
