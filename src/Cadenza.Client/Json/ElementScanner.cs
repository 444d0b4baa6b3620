using System;
using System.Runtime.CompilerServices;

namespace Cadenza.Client.Json;

/// <summary>
/// Finds the end of an object without parsing its content, which is parsed and validated later, once.
/// </summary>
internal static class ElementScanner
{
    /// <summary>Gets the length of the object at the start of the JSON, or -1 if its end has not arrived.</summary>
    [MethodImpl(HotPath.Inlined)]
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

    /// <summary>Counts the bytes of white space at the start of the JSON.</summary>
    [MethodImpl(HotPath.Inlined)]
    public static int CountWhiteSpace(ReadOnlySpan<byte> json)
    {
        int count = 0;
        while (count < json.Length && json[count] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            count++;
        }

        return count;
    }

    /// <summary>Finds the quotation mark that ends a string, or -1 if it has not arrived.</summary>
    [MethodImpl(HotPath.Inlined)]
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

            // An escaped character does not end the string, nor do the digits of \u0022.
            at += 2;
            if (at > json.Length)
            {
                return -1;
            }
        }
    }
}
