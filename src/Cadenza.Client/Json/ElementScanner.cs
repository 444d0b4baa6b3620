using System;

namespace Cadenza.Client.Json;

/// <summary>
/// Finds where an object ends without reading what is in it: it is read once only, by whoever makes something of it, and that one
/// finds what is wrong inside.
/// </summary>
internal static class ElementScanner
{
    /// <summary>How many bytes the object takes that the JSON begins with; -1 where its end is not here yet.</summary>
    public static int FindObjectEnd(ReadOnlySpan<byte> json)
    {
        int depth = 0;
        for (int at = 0; at < json.Length; at++)
        {
            switch (json[at])
            {
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']':
                    if (--depth == 0)
                    {
                        return at + 1;
                    }

                    break;
                case (byte)'"':
                    int end = FindStringEnd(json.Slice(at + 1));
                    if (end < 0)
                    {
                        return -1;
                    }

                    at += end + 1;
                    break;
            }
        }

        return -1;
    }

    /// <summary>How many bytes of white space the JSON begins with.</summary>
    public static int CountWhiteSpace(ReadOnlySpan<byte> json)
    {
        int count = 0;
        while (count < json.Length && json[count] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            count++;
        }

        return count;
    }

    /// <summary>Where the quotation mark is that ends a string; -1 where it is not here yet.</summary>
    private static int FindStringEnd(ReadOnlySpan<byte> json)
    {
        int at = 0;
        while (true)
        {
            int found = json.Slice(at).IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0)
            {
                return -1;
            }

            at += found;
            if (json[at] == '"')
            {
                return at;
            }

            // Whatever is escaped, it does not end the string. (The digits of \u0022 do not, either.)
            at += 2;
            if (at > json.Length)
            {
                return -1;
            }
        }
    }
}
