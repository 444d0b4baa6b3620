using System;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Security;

/// <summary>Checks that a PEM key is complete. Its content is not decoded.</summary>
internal static class PemRules
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";

    /// <summary>Whether the text is a PEM key or a part of one.</summary>
    public static bool IsPem(ReadOnlySpan<char> text) =>
        text.IndexOf(Begin.AsSpan()) >= 0 || text.IndexOf(End.AsSpan()) >= 0;

    /// <summary>Whether the text has a PEM section whose label contains a word, such as PUBLIC KEY.</summary>
    public static bool HasLabel(ReadOnlySpan<char> text, string word)
    {
        int at = text.IndexOf(Begin.AsSpan());
        if (at < 0)
        {
            return false;
        }

        ReadOnlySpan<char> label = text.Slice(at + Begin.Length);
        int end = label.IndexOf(Dashes.AsSpan());
        return end >= 0 && label.Slice(0, end).IndexOf(word.AsSpan()) >= 0;
    }

    /// <summary>Returns why a PEM key cannot be used, as a predicate, or null.</summary>
    public static string? FindFault(ReadOnlySpan<char> text)
    {
        if (text.IndexOf("\\n".AsSpan()) >= 0 || text.IndexOf("\\r".AsSpan()) >= 0)
        {
            return Messages.PemEscapedLineBreaks;
        }

        string label = "";
        bool isInside = false;
        int content = 0;
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            ReadOnlySpan<char> line = TakeLine(ref rest);
            string? fault = isInside
                ? CheckInside(line, label, ref isInside, ref content)
                : CheckOutside(line, ref label, ref isInside, ref content);
            if (fault is not null)
            {
                return fault;
            }
        }

        return isInside ? Messages.PemNoEnd : null;
    }

    private static ReadOnlySpan<char> TakeLine(ref ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOf('\n');
        ReadOnlySpan<char> line = end < 0 ? rest : rest.Slice(0, end);
        rest = end < 0 ? default : rest.Slice(end + 1);
        return line.TrimEnd('\r');
    }

    private static string? CheckOutside(
        ReadOnlySpan<char> line, ref string label, ref bool isInside, ref int content)
    {
        if (line.IsEmpty)
        {
            return null;
        }

        if (line.StartsWith(End.AsSpan()))
        {
            return Messages.PemNoBegin;
        }

        if (!line.StartsWith(Begin.AsSpan()))
        {
            return Messages.PemSurrounded;
        }

        ReadOnlySpan<char> tail = line.Slice(Begin.Length);
        int end = tail.IndexOf(Dashes.AsSpan());
        if (end <= 0)
        {
            return Messages.PemIncompleteBegin;
        }

        if (end + Dashes.Length < tail.Length)
        {
            return Messages.PemOneLine;
        }

        label = tail.Slice(0, end).ToString();
        isInside = true;
        content = 0;
        return null;
    }

    private static string? CheckInside(
        ReadOnlySpan<char> line, string label, ref bool isInside, ref int content)
    {
        if (line.IsEmpty)
        {
            return null;
        }

        if (line.StartsWith(Begin.AsSpan()))
        {
            return Messages.PemNoEnd;
        }

        if (line.StartsWith(End.AsSpan()))
        {
            ReadOnlySpan<char> tail = line.Slice(End.Length);
            isInside = false;
            if (!tail.SequenceEqual((label + Dashes).AsSpan()))
            {
                return Messages.PemOtherEnd;
            }

            return content == 0 ? Messages.PemEmpty : null;
        }

        content++;
        return char.IsWhiteSpace(line[0]) || char.IsWhiteSpace(line[line.Length - 1])
            ? Messages.PemWhiteSpace
            : null;
    }
}
