using System;
using System.Collections.Generic;

namespace Cadenza.Commands;

/// <summary>The texts of the changes that wait until the server completes them, as one line of progress.</summary>
internal sealed class WaitTexts
{
    private readonly List<(object Wait, string Text)> _waits = [];

    /// <summary>The text of the first change, and the number of the others; null if no change waits.</summary>
    public string? Text => _waits.Count switch
    {
        0 => null,
        1 => _waits[0].Text,
        int count => FormattableString.Invariant($"{_waits[0].Text}, and for {count - 1} more"),
    };

    /// <summary>Sets the text of a change; null removes it.</summary>
    public void Set(object wait, string? text)
    {
        int index = _waits.FindIndex(item => ReferenceEquals(item.Wait, wait));
        if (text is null)
        {
            if (index >= 0)
            {
                _waits.RemoveAt(index);
            }
        }
        else if (index >= 0)
        {
            _waits[index] = (wait, text);
        }
        else
        {
            _waits.Add((wait, text));
        }
    }
}
