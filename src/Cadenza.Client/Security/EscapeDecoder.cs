using System;

namespace Cadenza.Client.Security;

/// <summary>Decodes the escapes of JSON, URLs and HTML, in whatever mixture and number of levels.</summary>
internal static class EscapeDecoder
{
    private const int MaxLevels = 8;

    private static readonly (string Name, char Char)[] Entities =
    [
        ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u00A0'),
        ("plus", '+'), ("sol", '/'), ("equals", '='), ("bsol", '\\'), ("num", '#'), ("percnt", '%'),
    ];

    /// <summary>Decodes until there is no escape left. Disposes the source unless it returns it.</summary>
    public static TextView Decode(TextView source)
    {
        for (int level = 0; level < MaxLevels && source.Span.IndexOfAny('%', '\\', '&') >= 0; level++)
        {
            TextView decoded = DecodeLevel(source);
            bool isSame = decoded.Length == source.Length;
            source.Dispose();
            source = decoded;
            if (isSame)
            {
                break;
            }
        }

        return source;
    }

    private static TextView DecodeLevel(TextView source)
    {
        var target = new TextView(source.Length);
        ReadOnlySpan<char> text = source.Span;
        for (int i = 0; i < text.Length;)
        {
            (int code, int length) = text[i] switch
            {
                '%' => ReadPercent(text.Slice(i)),
                '\\' => ReadBackslash(text.Slice(i)),
                '&' => ReadEntity(text.Slice(i)),
                _ => (text[i], 1),
            };
            if (code > char.MaxValue)
            {
                target.Add((char)(0xD800 + ((code - 0x10000) >> 10)), source, i, i + length - 1);
                target.Add((char)(0xDC00 + ((code - 0x10000) & 0x3FF)), source, i, i + length - 1);
            }
            else
            {
                target.Add((char)code, source, i, i + length - 1);
            }

            i += length;
        }

        return target;
    }

    /// <summary>Reads the UTF-8 of one character, or one byte if it is not UTF-8.</summary>
    private static (int Code, int Length) ReadPercent(ReadOnlySpan<char> text)
    {
        if (text.Length > 1 && text[1] is 'u' or 'U')
        {
            int unit = ReadHex(text, 2, 4);
            return unit < 0 ? ('%', 1) : (unit, 6);
        }

        int lead = ReadHex(text, 1, 2);
        if (lead < 0)
        {
            return ('%', 1);
        }

        int count = lead switch { >= 0xC2 and < 0xE0 => 2, >= 0xE0 and < 0xF0 => 3, >= 0xF0 and < 0xF5 => 4, _ => 1 };
        int code = count == 1 ? lead : lead & (0xFF >> (count + 1));
        for (int i = 1; i < count; i++)
        {
            int next = text.Length > 3 * i && text[3 * i] == '%' ? ReadHex(text, (3 * i) + 1, 2) : -1;
            if (next is < 0x80 or > 0xBF)
            {
                return (lead, 3);
            }

            code = (code << 6) | (next & 0x3F);
        }

        return code > 0x10FFFF ? (lead, 3) : (code, 3 * count);
    }

    private static (int Code, int Length) ReadBackslash(ReadOnlySpan<char> text)
    {
        if (text.Length < 2)
        {
            return ('\\', 1);
        }

        switch (text[1])
        {
            case 'u' or 'U':
                int unit = ReadHex(text, 2, 4);
                return unit < 0 ? ('\\', 1) : (unit, 6);
            case 'x':
                int value = ReadHex(text, 2, 2);
                return value < 0 ? ('\\', 1) : (value, 4);
            case 'n' or 'r' or 't' or 'b' or 'f':
                return ('\n', 2);
            case '\\' or '/' or '"' or '\'':
                return (text[1], 2);
            default:
                return ('\\', 1);
        }
    }

    private static (int Code, int Length) ReadEntity(ReadOnlySpan<char> text)
    {
        const int MaxEntityLength = 10;
        int end = text.Slice(0, Math.Min(text.Length, MaxEntityLength)).IndexOf(';');
        if (end < 2)
        {
            return ('&', 1);
        }

        ReadOnlySpan<char> name = text.Slice(1, end - 1);
        if (name[0] == '#')
        {
            int code = name.Length > 1 && name[1] is 'x' or 'X'
                ? ReadHex(name, 2, name.Length - 2)
                : ReadDecimal(name.Slice(1));
            return code is > 0 and <= 0x10FFFF ? (code, end + 1) : ('&', 1);
        }

        foreach ((string known, char c) in Entities)
        {
            if (name.Equals(known.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                return (c, end + 1);
            }
        }

        return ('&', 1);
    }

    private static int ReadDecimal(ReadOnlySpan<char> digits)
    {
        int value = digits.IsEmpty ? -1 : 0;
        foreach (char c in digits)
        {
            if (c is < '0' or > '9')
            {
                return -1;
            }

            value = (value * 10) + (c - '0');
        }

        return value;
    }

    /// <summary>Reads a fixed number of hexadecimal digits. Returns -1 if they are not there.</summary>
    private static int ReadHex(ReadOnlySpan<char> text, int start, int count)
    {
        if (count <= 0 || text.Length < start + count)
        {
            return -1;
        }

        int value = 0;
        foreach (char c in text.Slice(start, count))
        {
            int digit = HexDigit(c);
            if (digit < 0)
            {
                return -1;
            }

            value = (value << 4) | digit;
        }

        return value;
    }

    public static int HexDigit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
