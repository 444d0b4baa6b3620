using System;
using System.Collections.Generic;
using System.Text;

namespace Cadenza.Client.Security;

/// <summary>Finds a secret and its parts in a text, in whatever form the text contains them.</summary>
/// <param name="text">The text.</param>
/// <param name="minPart">The shortest part to find, for a secret of a length.</param>
internal sealed class SecretSearch(SearchedText text, Func<int, int> minPart)
{
    /// <summary>What is between two parts is redacted if it is not longer: line ends or a short line.</summary>
    private const int MaxGap = 16;

    private readonly List<(int Start, int End, bool IsWhole)> _found = [];

    /// <summary>Shorter secrets are found only as a whole.</summary>
    public const int MinPart = 8;

    /// <summary>Shorter secrets are not found: they would match unrelated text.</summary>
    public const int MinSecret = 4;

    /// <summary>Finds the secret as it is, without white space, decoded, in base64 and in hexadecimal.</summary>
    /// <returns>The start and the end of each part in the text.</returns>
    public IEnumerable<(int Start, int End)> Find(SecretChars secret)
    {
        FindForms(secret);
        _found.Sort();
        (int Start, int End, bool IsWhole)? merged = null;
        foreach ((int start, int end, bool isWhole) in _found)
        {
            if (merged is not { } last)
            {
                merged = (start, end, isWhole);
            }
            else if (start <= last.End)
            {
                merged = (last.Start, Math.Max(last.End, end), last.IsWhole || isWhole);
            }
            else if (start - last.End <= MaxGap && !(last.IsWhole && isWhole))
            {
                merged = (last.Start, end, isWhole);
            }
            else
            {
                yield return (last.Start, last.End);
                merged = (start, end, isWhole);
            }
        }

        if (merged is { } final)
        {
            yield return (final.Start, final.End);
        }
    }

    private void FindForms(SecretChars secret)
    {
        using (TextView plain = TextForms.Fold(secret.Span))
        {
            FindIn(text.Plain, plain);
        }

        using (TextView decoded = EscapeDecoder.Decode(TextView.Of(secret.Span)))
        {
            FindDecoded(decoded);
        }

        using TextView utf8 = TextForms.Encode(secret, Encoding.UTF8);
        using TextView utf16 = TextForms.Encode(secret, Encoding.Unicode);
        if (MinOf(utf8.Length) * 4 / 3 > text.Text.Length)
        {
            return;
        }

        foreach (TextView view in text.Encoded)
        {
            FindIn(view, utf8);
            FindIn(view, utf16, bytesPerChar: 2);
        }
    }

    private void FindDecoded(TextView decoded)
    {
        using TextView compact = TextForms.Compact(decoded);
        if (compact.Length >= MinPart)
        {
            FindIn(text.Compact, compact);
            return;
        }

        // What is left of it without white space may be part of unrelated text.
        using TextView spaced = TextForms.Space(decoded);
        FindIn(text.Spaced, spaced);
    }

    private int MinOf(int length) => length < MinPart ? length : minPart(length);

    /// <summary>
    /// Finds the parts that both have in common. A part of at least 2n - 1 characters contains one of the secret's
    /// blocks of n characters, so that only these are searched for.
    /// </summary>
    private void FindIn(TextView view, TextView secret, int bytesPerChar = 1)
    {
        int min = MinOf(secret.Length / bytesPerChar) * bytesPerChar;
        if (secret.Length < MinSecret || view.Length < min)
        {
            return;
        }

        ReadOnlySpan<char> all = view.Span, sought = secret.Span;
        int size = (min + 1) / 2;
        for (int block = 0; block + size <= sought.Length; block += size)
        {
            int from = 0;
            int at = all.IndexOf(sought.Slice(block, size));
            while (at >= 0)
            {
                int start = from + at;
                int before = CountEqualBefore(all.Slice(0, start), sought.Slice(0, block));
                int after = CountEqual(all.Slice(start + size), sought.Slice(block + size));
                int length = before + size + after;
                if (length >= min)
                {
                    Add(view, start - before, length, secret.Length);
                }

                from = length >= min ? start + size + after : start + 1;
                at = all.Slice(from).IndexOf(sought.Slice(block, size));
            }
        }
    }

    private void Add(TextView view, int first, int length, int whole)
    {
        (int start, int end) = (view.StartOf(first), view.EndOf(first + length - 1));

        // The server shows the first or the last characters and masks the others itself.
        bool isMaskedByServer = length * 2 < whole && (HasMask(end) || HasMask(start - 2));
        if (!isMaskedByServer)
        {
            _found.Add((start, end, length == whole));
        }
    }

    private bool HasMask(int at) =>
        at >= 0 && at + 2 <= text.Text.Length && text.Text[at] == '*' && text.Text[at + 1] == '*';

    private static int CountEqual(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int count = 0;
        while (count < left.Length && count < right.Length && left[count] == right[count])
        {
            count++;
        }

        return count;
    }

    private static int CountEqualBefore(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int count = 0, longest = Math.Min(left.Length, right.Length);
        while (count < longest && left[left.Length - count - 1] == right[right.Length - count - 1])
        {
            count++;
        }

        return count;
    }
}
