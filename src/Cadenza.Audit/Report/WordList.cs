using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Cadenza.Audit.Report;

/// <summary>
/// The different words of a column, in the order of the alphabet: the page names them by number, so that no text of the server is a value
/// of an attribute. Words that differ in case only are two, since each is shown as it was sent.
/// </summary>
internal sealed class WordList
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];

    public WordList(IEnumerable<string?> words)
    {
        IEnumerable<string> distinct = new HashSet<string>(words.Where(static word => !string.IsNullOrEmpty(word)).Select(static word => word!), StringComparer.Ordinal)
            .OrderBy(static word => word, StringComparer.OrdinalIgnoreCase)
            .ThenBy(static word => word, StringComparer.Ordinal);
        foreach (string word in distinct)
        {
            _numbers.Add(word, _words.Count);
            _words.Add(word);
        }
    }

    public IReadOnlyList<string> Words => _words;

    /// <summary>The number of a word; -1 for none.</summary>
    public int NumberOf(string? word) => string.IsNullOrEmpty(word) ? -1 : _numbers[word!];

    public void WriteJson(TextWriter output)
    {
        for (int i = 0; i < _words.Count; i++)
        {
            output.Write(i == 0 ? '[' : ',');
            JsonText.Write(output, _words[i]);
        }

        output.Write(_words.Count == 0 ? "[]" : "]");
    }
}
