using System;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cadenza.Client.Security;

/// <summary>
/// Rules out quickly that a value contains a part of a secret, so that long lists are read without a search of each
/// value. Compares groups of four letters and digits, regardless of case. Zeroed on disposal.
/// </summary>
internal sealed class SecretFilter : IDisposable
{
    private const int GroupLength = 4;
    private const uint GroupMask = 0xFFFFFF;
    private static readonly byte[] Codes = CreateCodes();

    private readonly ulong[] _groups = new ulong[1024];
    private int _shortestRun = int.MaxValue;
    private int _shortestText = int.MaxValue;

    /// <summary>Adds a secret with every form in which a search finds it.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="minPart">The shortest part that is searched for, for a secret of a length.</param>
    public void Add(SecretChars secret, Func<int, int> minPart)
    {
        AddForm(secret.Span, minPart(secret.Span.Length));
        using (TextView decoded = EscapeDecoder.Decode(TextView.Of(secret.Span)))
        {
            using TextView compact = TextForms.Compact(decoded);
            AddForm(compact.Span, minPart(compact.Length));

            // No form of a part is shorter, because only the compact form drops characters.
            _shortestText = Math.Min(_shortestText, minPart(Math.Max(compact.Length, SecretSearch.MinPart)));
            if (decoded.Length < SecretSearch.MinPart)
            {
                _shortestText = Math.Min(_shortestText, decoded.Length);
            }
        }

        AddBytes(Encoding.UTF8.GetBytes(secret.Array), minPart, bytesPerChar: 1);
        AddBytes(Encoding.Unicode.GetBytes(secret.Array), minPart, bytesPerChar: 2);
    }

    /// <summary>Whether the text must be searched.</summary>
    [MethodImpl(HotPath.Optimized)]
    public bool MayContain(string text)
    {
        uint group = 0;
        int length = 0, run = 0;
        char previous = '\0';
        if (text.Length < _shortestText)
        {
            return false;
        }

        if (_shortestRun == 0)
        {
            return true;
        }

        foreach (char c in text)
        {
            // Escapes and characters outside ASCII have more forms, and "0x" separates hexadecimal digits.
            if (c is '%' or '\\' or '&' or > '\u007F' || (previous == '0' && c is 'x' or 'X'))
            {
                return true;
            }

            previous = c;
            byte code = Codes[c];
            if (code == 0)
            {
                continue;
            }

            group = ((group << 6) | code) & GroupMask;
            if (++length >= GroupLength)
            {
                run = Contains(group) ? run + 1 : 0;
                if (run >= _shortestRun)
                {
                    return true;
                }
            }
        }

        return false;
    }

    public void Dispose() => Array.Clear(_groups, 0, _groups.Length);

    private void AddBytes(byte[] bytes, Func<int, int> minPart, int bytesPerChar)
    {
        int min = minPart(bytes.Length / bytesPerChar) * bytesPerChar;
        char[] chars = new char[(bytes.Length + 2) * 2];
        for (int alignment = 0; alignment < 3; alignment++)
        {
            byte[] shifted = new byte[alignment + bytes.Length];
            bytes.CopyTo(shifted, alignment);
            int length = Convert.ToBase64CharArray(shifted, 0, shifted.Length, chars, 0);

            // The characters at the ends of a part also have bits of its neighbors.
            AddForm(chars.AsSpan(0, length), ((min * 8) - 10) / 6);
            Array.Clear(shifted, 0, shifted.Length);
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            chars[2 * i] = "0123456789ABCDEF"[bytes[i] >> 4];
            chars[(2 * i) + 1] = "0123456789ABCDEF"[bytes[i] & 0xF];
        }

        AddForm(chars.AsSpan(0, 2 * bytes.Length), 2 * min);
        Array.Clear(chars, 0, chars.Length);
        Array.Clear(bytes, 0, bytes.Length);
    }

    private void AddForm(ReadOnlySpan<char> form, int minPart)
    {
        uint group = 0;
        int length = 0, inPart = 0, fewest = int.MaxValue;
        for (int i = 0; i < form.Length; i++)
        {
            byte code = CodeOf(form[i]);
            inPart += code == 0 ? 0 : 1;
            if (i >= minPart && CodeOf(form[i - minPart]) != 0)
            {
                inPart--;
            }

            if (i + 1 >= minPart)
            {
                fewest = Math.Min(fewest, inPart);
            }

            if (code != 0)
            {
                group = ((group << 6) | code) & GroupMask;
                if (++length >= GroupLength)
                {
                    Insert(group);
                }
            }
        }

        if (fewest != int.MaxValue)
        {
            // With less than one group, every text must be searched.
            _shortestRun = Math.Min(_shortestRun, Math.Max(0, fewest - GroupLength + 1));
        }
    }

    private void Insert(uint group)
    {
        uint hash = Hash(group);
        _groups[hash >> 6] |= 1UL << (int)(hash & 63);
    }

    private bool Contains(uint group)
    {
        uint hash = Hash(group);
        return (_groups[hash >> 6] & (1UL << (int)(hash & 63))) != 0;
    }

    private static uint Hash(uint group) => unchecked(group * 2654435761) >> 16;

    private static byte CodeOf(char c) => c > '\u007F' ? (byte)0 : Codes[c];

    private static byte[] CreateCodes()
    {
        byte[] codes = new byte[128];
        for (int i = 0; i < 26; i++)
        {
            codes['a' + i] = codes['A' + i] = (byte)(i + 1);
        }

        for (int i = 0; i < 10; i++)
        {
            codes['0' + i] = (byte)(i + 27);
        }

        return codes;
    }
}
