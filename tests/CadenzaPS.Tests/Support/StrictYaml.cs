using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CadenzaPS.Tests.Support;

/// <summary>
/// Reads the little of YAML that the examples are written in: block mappings and sequences, plain and quoted scalars on
/// one line, and literal blocks. Whatever else there is in YAML is an error here, so that nothing is read differently
/// than another reader would.
/// </summary>
internal sealed class StrictYaml
{
    private readonly List<(int Number, int Indent, string Text)> _lines = [];
    private int _next;

    private StrictYaml(IEnumerable<(int Number, string Text)> lines)
    {
        foreach ((int number, string text) in lines)
        {
            _lines.Add((number, text.Length - text.TrimStart(' ').Length, text));
        }
    }

    /// <summary>
    /// The documents: dictionaries, lists, and text for every scalar, quoted ones with a " before them.
    /// </summary>
    public static IReadOnlyList<object> Read(string text)
    {
        Assert(!text.Contains('\t', StringComparison.Ordinal), 0, "a tab");
        var documents = new List<List<(int, string)>> { new() };
        foreach ((string line, int index) in text.Split('\n').Select(static (line, index) => (line, index)))
        {
            if (line == "---")
            {
                documents.Add([]);
            }
            else
            {
                documents[^1].Add((index + 1, line.TrimEnd('\r')));
            }
        }

        return [.. documents.Select(static lines => new StrictYaml(lines).ReadAll())];
    }

    private object ReadAll()
    {
        Skip();
        object value = ReadBlock(0);
        Skip();
        Assert(_next == _lines.Count, Number, "text after the end");
        return value;
    }

    private int Number => _next < _lines.Count ? _lines[_next].Number : 0;

    private void Skip()
    {
        while (
            _next < _lines.Count
            && (_lines[_next].Text.Trim().Length == 0 || _lines[_next].Text.TrimStart().StartsWith('#')))
        {
            _next++;
        }
    }

    private object ReadBlock(int indent) =>
        _lines[_next].Text.AsSpan(indent).StartsWith("- ", StringComparison.Ordinal)
            ? ReadSequence(indent)
            : ReadMapping(indent);

    private List<object> ReadSequence(int indent)
    {
        var items = new List<object>();
        for (
            Skip();
            IsAt(indent) && _lines[_next].Text.AsSpan(indent).StartsWith("- ", StringComparison.Ordinal);
            Skip())
        {
            (int number, _, string text) = _lines[_next];
            if (Regex.IsMatch(text[(indent + 2)..], "^[A-Za-z][A-Za-z0-9_./-]*:( |$)"))
            {
                // "- key: value" is a mapping that begins two further in.
                _lines[_next] = (number, indent + 2, new string(' ', indent + 2) + text[(indent + 2)..]);
                items.Add(ReadMapping(indent + 2));
            }
            else
            {
                _next++;
                items.Add(ReadScalar(text[(indent + 2)..], number));
            }
        }

        return items;
    }

    private Dictionary<string, object> ReadMapping(int indent)
    {
        var members = new Dictionary<string, object>(StringComparer.Ordinal);
        for (Skip(); IsAt(indent); Skip())
        {
            (int number, _, string text) = _lines[_next];
            Match match = Regex.Match(text[indent..], "^(?<key>[A-Za-z][A-Za-z0-9_./-]*):( (?<value>.*))?$");
            Assert(match.Success, number, "no key");
            _next++;
            string value = match.Groups["value"].Value;
            Assert(
                members.TryAdd(
                    match.Groups["key"].Value,
                    value.Length == 0 ? ReadNested(indent, number)
                        : value == "|" ? ReadLiteral(indent)
                        : ReadScalar(value, number)),
                number,
                "a key twice");
        }

        Assert(_next == _lines.Count || _lines[_next].Indent < indent, Number, "wrong indentation");
        return members;
    }

    private object ReadNested(int indent, int number)
    {
        Skip();
        Assert(_next < _lines.Count && _lines[_next].Indent == indent + 2, number, "nothing nested by two blanks");
        return ReadBlock(indent + 2);
    }

    private string ReadLiteral(int indent)
    {
        var lines = new List<string>();
        for (; _next < _lines.Count && (_lines[_next].Text.Length == 0 || _lines[_next].Indent > indent); _next++)
        {
            lines.Add(_lines[_next].Text);
        }

        return string.Join('\n', lines);
    }

    private bool IsAt(int indent) => _next < _lines.Count && _lines[_next].Indent == indent;

    private static string ReadScalar(string text, int number)
    {
        if (Regex.IsMatch(text, "^\"[^\"\\\\]*\"$"))
        {
            return text.TrimEnd('"');
        }

        // What would be another type elsewhere, or mean something to YAML.
        Assert(
            text.Trim() == text && !Regex.IsMatch(text, "^[\\[{&*!>|%@`\"',?]|: | #|:$"),
            number,
            $"a scalar that this reader does not know: {text}");
        Assert(
            !Regex.IsMatch(text, "^(yes|no|on|off|y|n|null|~)$", RegexOptions.IgnoreCase),
            number,
            $"a word that YAML 1.1 turns into something else: {text}");
        return text;
    }

    private static void Assert(bool condition, int number, string fault)
    {
        if (!condition)
        {
            throw new FormatException($"Line {number}: {fault}.");
        }
    }
}
