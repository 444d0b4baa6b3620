using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace CadenzaPS.Parameters;

/// <summary>
/// Selects credentials by nickname. A value such as 'desk [7]' is the name of a credential or a pattern. If there is a
/// credential with exactly this name, the value is not a pattern.
/// </summary>
internal sealed class NicknamePatterns(string[] values)
{
    private readonly Value[] _values = Array.ConvertAll(values, static value => new Value(value, Compile(value)));

    /// <summary>
    /// Whether a value may be a name or a pattern that other names match, so that all names must be known first.
    /// </summary>
    public bool IsAmbiguous { get; } = Array.Exists(values, static value =>
        value.IndexOfAny(['[', '?']) >= 0 && WildcardPattern.ContainsWildcardCharacters(value));

    /// <summary>Compiles a pattern. One that is not valid, such as 'desk [7', is plain text.</summary>
    public static WildcardPattern Compile(string value)
    {
        const WildcardOptions Options = WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant;
        var pattern = WildcardPattern.Get(value, Options);
        try
        {
            pattern.IsMatch("");
            return pattern;
        }
        catch (WildcardPatternException)
        {
            return WildcardPattern.Get(Argument.EscapeWildcards(value), Options);
        }
    }

    /// <summary>Whether a value is the name or a pattern of it, such as one with escaped wildcards.</summary>
    public static bool IsMatch(string value, string name) => IsName(value, name) || Compile(value).IsMatch(name);

    /// <summary>Whether a nickname is one of the values or matches one.</summary>
    public bool IsMatch(string? nickname) =>
        Array.Exists(_values, value => IsName(value.Text, nickname) || value.Pattern.IsMatch(nickname ?? ""));

    /// <summary>Selects the items whose nickname matches, considering all names.</summary>
    public IEnumerable<T> Select<T>(IReadOnlyCollection<T> items, Func<T, string?> nicknameOf)
    {
        var exact = _values
            .Where(value => items.Any(item => IsName(value.Text, nicknameOf(item))))
            .Select(static value => value.Text)
            .ToList();
        return items.Where(item => Array.Exists(_values, value => exact.Contains(value.Text, StringComparer.Ordinal)
            ? IsName(value.Text, nicknameOf(item))
            : value.Pattern.IsMatch(nicknameOf(item) ?? "")));
    }

    private static bool IsName(string text, string? nickname) =>
        text.Equals(nickname, StringComparison.OrdinalIgnoreCase);

    private sealed record Value(string Text, WildcardPattern Pattern);
}
