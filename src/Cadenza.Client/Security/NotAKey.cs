using System;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Security;

/// <summary>Recognizes text that took the place of a key: the name of a type, a mask, or a placeholder.</summary>
internal static class NotAKey
{
    private static readonly string[] TypePrefixes = ["System.", "Microsoft.", "Deserialized.", "Newtonsoft."];

    private static readonly string[] Placeholders =
    [
        "null", "none", "nil", "undefined", "nan", "n/a", "na", "true", "false", "redacted", "hidden", "changeme",
        "change-me", "todo", "secret", "password", "passphrase", "apikey", "api-key", "api_key", "apisecret",
        "api-secret", "api_secret", "apipassphrase", "your-api-key", "your_api_key", "your-api-secret",
        "your_api_secret", "#n/a", "#ref!", "#value!", "#name?",
    ];

    private static readonly (string Start, string End)[] Brackets =
        [("<", ">"), ("${", "}"), ("$(", ")"), ("{{", "}}"), ("%", "%"), ("[", "]"), ("$env:", "")];

    private static readonly string[] FileEndings = [".pem", ".key", ".txt", ".json", ".csv", ".p8", ".der"];

    /// <summary>Returns why the text cannot be a key, as a predicate, or null.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isChosen">Whether a person chose the text, as a passphrase, which may contain asterisks.</param>
    public static string? FindFault(ReadOnlySpan<char> text, bool isChosen)
    {
        if (IsTypeName(text))
        {
            return Messages.IsTypeName;
        }

        if (StartsAndEndsWith(text, "@{", "}"))
        {
            return Messages.IsObjectText;
        }

        return IsMasked(text, isChosen) ? Messages.IsMasked : null;
    }

    /// <summary>Returns why the text is probably not a key, as a predicate, or null.</summary>
    public static string? FindDoubt(ReadOnlySpan<char> text)
    {
        if (StartsAndEndsWith(text, "\"", "\"") || StartsAndEndsWith(text, "'", "'"))
        {
            return Messages.IsQuoted;
        }

        foreach (string placeholder in Placeholders)
        {
            if (text.Equals(placeholder.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                return Messages.IsPlaceholder;
            }
        }

        foreach ((string start, string end) in Brackets)
        {
            if (StartsAndEndsWith(text, start, end))
            {
                return Messages.IsPlaceholder;
            }
        }

        foreach (string ending in FileEndings)
        {
            if (text.EndsWith(ending.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                return Messages.IsPath;
            }
        }

        return IsRoundedNumber(text) ? Messages.IsRoundedNumber : null;
    }

    private static bool StartsAndEndsWith(ReadOnlySpan<char> text, string start, string end) =>
        text.Length > start.Length + end.Length
        && text.StartsWith(start.AsSpan(), StringComparison.OrdinalIgnoreCase)
        && text.EndsWith(end.AsSpan(), StringComparison.Ordinal);

    private static bool IsTypeName(ReadOnlySpan<char> text)
    {
        bool hasPrefix = false;
        foreach (string prefix in TypePrefixes)
        {
            hasPrefix |= text.StartsWith(prefix.AsSpan(), StringComparison.OrdinalIgnoreCase);
        }

        foreach (char c in text)
        {
            hasPrefix &= char.IsLetterOrDigit(c) || c is '.' or '_' or '+' or '`' or '[' or ']' or ',' or ' ';
        }

        return hasPrefix;
    }

    private static bool IsMasked(ReadOnlySpan<char> text, bool isChosen)
    {
        int masks = 0;
        foreach (char c in text)
        {
            masks += c is '*' or '\u2022' or '\u25CF' or '\u2217' or '\u00B7' or '\u2026' ? 1 : 0;
        }

        return masks == text.Length
            || (!isChosen
                && (text.IndexOf("***".AsSpan()) >= 0 || text.IndexOf("\u2022\u2022".AsSpan()) >= 0));
    }

    /// <summary>Such as 1.23457E+15.</summary>
    private static bool IsRoundedNumber(ReadOnlySpan<char> text)
    {
        int exponent = text.IndexOf("E+".AsSpan(), StringComparison.OrdinalIgnoreCase);
        if (exponent <= 0 || exponent + 2 >= text.Length)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            bool isDigit = text[i] is >= '0' and <= '9';
            if (!isDigit && !(i < exponent && text[i] is '.' or ',') && i != exponent && i != exponent + 1)
            {
                return false;
            }
        }

        return true;
    }
}
