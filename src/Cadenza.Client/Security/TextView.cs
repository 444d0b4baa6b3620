using System;
using System.Buffers;

namespace Cadenza.Client.Security;

/// <summary>
/// A text in another form, such as decoded, with the position of each character in the original text. It may contain
/// secrets, so its characters are zeroed on disposal.
/// </summary>
internal sealed class TextView(int capacity) : IDisposable
{
    private readonly char[] _chars = ArrayPool<char>.Shared.Rent(capacity);
    private readonly int[] _starts = ArrayPool<int>.Shared.Rent(capacity);
    private readonly int[] _ends = ArrayPool<int>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<char> Span => _chars.AsSpan(0, Length);

    /// <summary>Copies a text as it is.</summary>
    public static TextView Of(ReadOnlySpan<char> text)
    {
        var view = new TextView(text.Length);
        text.CopyTo(view._chars);
        for (int i = 0; i < text.Length; i++)
        {
            view._starts[i] = i;
            view._ends[i] = i + 1;
        }

        view.Length = text.Length;
        return view;
    }

    public int StartOf(int index) => _starts[index];

    public int EndOf(int index) => _ends[index];

    /// <summary>Adds a character for the characters from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public void Add(char c, TextView source, int first, int last)
    {
        _chars[Length] = c;
        _starts[Length] = source._starts[first];
        _ends[Length] = source._ends[last];
        Length++;
    }

    public void Dispose()
    {
        Array.Clear(_chars, 0, Length);
        ArrayPool<char>.Shared.Return(_chars);
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<int>.Shared.Return(_ends);
    }
}
