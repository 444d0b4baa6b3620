using System;
using System.Globalization;
using System.Text;

namespace Cadenza.Client.Security;

/// <summary>The forms in which a secret and a text are compared. None is sensitive to case.</summary>
internal static class TextForms
{
    /// <summary>Stands for what is not decodable. No form of a secret contains it.</summary>
    private const char Gap = '\uFFFF';

    /// <summary>As it is.</summary>
    public static TextView Fold(ReadOnlySpan<char> text)
    {
        using var source = TextView.Of(text);
        var view = new TextView(source.Length);
        for (int i = 0; i < source.Length; i++)
        {
            view.Add(char.ToUpperInvariant(source.Span[i]), source, i, i);
        }

        return view;
    }

    /// <summary>With a space for each white space and plus sign, which stands for a space in form data.</summary>
    public static TextView Space(TextView decoded)
    {
        var view = new TextView(decoded.Length);
        for (int i = 0; i < decoded.Length; i++)
        {
            char c = decoded.Span[i];
            view.Add(c == '+' || char.IsWhiteSpace(c) ? ' ' : char.ToUpperInvariant(c), decoded, i, i);
        }

        return view;
    }

    /// <summary>Without white space, line ends, plus signs, backslashes and invisible characters.</summary>
    public static TextView Compact(TextView decoded)
    {
        var view = new TextView(decoded.Length);
        for (int i = 0; i < decoded.Length; i++)
        {
            char c = decoded.Span[i];
            if (c != '+' && !IsIgnored(c))
            {
                view.Add(char.ToUpperInvariant(c), decoded, i, i);
            }
        }

        return view;
    }

    /// <summary>Without white space and separators: base64 and hexadecimal digits may be on several lines.</summary>
    public static TextView Join(TextView decoded, bool isHex)
    {
        var view = new TextView(decoded.Length);
        ReadOnlySpan<char> text = decoded.Span;
        for (int i = 0; i < text.Length; i++)
        {
            if (isHex && text[i] == '0' && i + 1 < text.Length && text[i + 1] is 'x' or 'X')
            {
                i++;
            }
            else if (!IsIgnored(text[i]) && !(isHex && text[i] is '-' or ':' or ','))
            {
                view.Add(text[i], decoded, i, i);
            }
        }

        return view;
    }

    /// <summary>The bytes of the base64 text whose groups start at this alignment, from 0 to 3.</summary>
    public static TextView FromBase64(TextView joined, int alignment)
    {
        var view = new TextView(joined.Length);
        ReadOnlySpan<char> text = joined.Span;
        for (int i = alignment; i < text.Length; i += 4)
        {
            int valid = 0, bits = 0;
            while (valid < 4 && i + valid < text.Length && Sextet(text[i + valid]) is int sextet and >= 0)
            {
                bits = (bits << 6) | sextet;
                if (++valid > 1)
                {
                    // 2 characters complete the first byte, 3 the second and 4 the third.
                    int value = (bits >> (2 * (4 - valid))) & 0xFF;
                    view.Add(char.ToUpperInvariant((char)value), joined, i + valid - 2, i + valid - 1);
                }
            }

            if (valid < 4 && i + valid < text.Length)
            {
                view.Add(Gap, joined, i + valid, i + valid);
            }
        }

        return view;
    }

    /// <summary>The bytes of the hexadecimal text whose pairs start at this alignment, 0 or 1.</summary>
    public static TextView FromHex(TextView joined, int alignment)
    {
        var view = new TextView(joined.Length);
        ReadOnlySpan<char> text = joined.Span;
        for (int i = alignment; i + 1 < text.Length; i += 2)
        {
            int high = EscapeDecoder.HexDigit(text[i]), low = EscapeDecoder.HexDigit(text[i + 1]);
            char c = high < 0 || low < 0 ? Gap : char.ToUpperInvariant((char)((high << 4) | low));
            view.Add(c, joined, i, i + 1);
        }

        return view;
    }

    /// <summary>The bytes of a secret in an encoding, to be found in decoded base64 and hexadecimal text.</summary>
    public static TextView Encode(SecretChars secret, Encoding encoding)
    {
        byte[] bytes = encoding.GetBytes(secret.Array);
        char[] chars = new char[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            chars[i] = (char)bytes[i];
        }

        TextView view = Fold(chars);
        Array.Clear(bytes, 0, bytes.Length);
        Array.Clear(chars, 0, chars.Length);
        return view;
    }

    private static bool IsIgnored(char c) =>
        char.IsWhiteSpace(c) || char.IsControl(c) || c is '\\' or '\uFFFD'
        || (c > '\u007F' && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format);

    private static int Sextet(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' or '-' => 62,
        '/' or '_' => 63,
        _ => -1,
    };
}
