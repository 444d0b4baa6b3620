using System;
using System.Collections.Generic;
using System.Security;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;

namespace Cadenza.Client.Security;

/// <summary>
/// Checks API keys before they are sent. An error means that the keys cannot work, and a warning that they probably do
/// not. Nothing in a result quotes a key.
/// </summary>
internal static class KeyRules
{
    /// <summary>Checks a set of keys. The errors come first.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="venue">The venue of the keys; null if it is not known.</param>
    public static IReadOnlyList<KeyIssue> Check(ApiKeySet keys, string? venue)
    {
        using var key = new SecretChars(keys.ApiKey);
        using var secret = new SecretChars(keys.ApiSecret);
        using var passphrase = new SecretChars(keys.ApiPassphrase ?? SecretText.Empty);
        var issues = new List<KeyIssue>();
        AddFaults(issues, key.Span, secret.Span, passphrase.Span, venue);
        if (issues.Count == 0)
        {
            AddDoubts(issues, KeyPart.ApiKey, key.Span);
            AddDoubts(issues, KeyPart.ApiSecret, secret.Span);
            AddDoubts(issues, KeyPart.ApiPassphrase, passphrase.Span);
            AddFormats(issues, key.Span, secret.Span, passphrase.Span, venue);
        }

        return issues;
    }

    /// <summary>Returns why the text of a key cannot be sent, as a predicate, or null.</summary>
    /// <param name="secret">The text.</param>
    /// <param name="isChosen">Whether a person chose the text, such as a passphrase.</param>
    public static string? FindFault(SecureString secret, bool isChosen = false)
    {
        using var chars = new SecretChars(secret);
        return FindFault(chars.Span, isChosen);
    }

    /// <summary>
    /// Returns why the text cannot be a password, as a predicate, or null. White space is part of a password.
    /// </summary>
    public static string? FindPasswordFault(SecureString password)
    {
        using var chars = new SecretChars(password);
        return chars.Span.IsWhiteSpace() ? Messages.IsEmpty
            : !SecretText.IsUnicode(chars.Span) ? Messages.IsNotUnicode
            : InvisibleCharacters.Find(chars.Span, allowsLineBreaks: false);
    }

    private static void AddFaults(
        List<KeyIssue> issues,
        ReadOnlySpan<char> key,
        ReadOnlySpan<char> secret,
        ReadOnlySpan<char> passphrase,
        string? venue)
    {
        AddFault(issues, KeyPart.ApiKey, FindFault(key, isChosen: false));
        AddFault(issues, KeyPart.ApiSecret, FindFault(secret, isChosen: false));
        if (!passphrase.IsEmpty)
        {
            AddFault(issues, KeyPart.ApiPassphrase, FindFault(passphrase, isChosen: true));
        }
        else if (Venues.HasPassphrase(venue))
        {
            AddFault(issues, KeyPart.ApiPassphrase, Messages.MissingPassphrase(venue));
        }

        if (!key.IsWhiteSpace() && key.SequenceEqual(secret))
        {
            AddFault(issues, KeyPart.ApiSecret, Messages.IsSameAsKey);
        }
    }

    private static string? FindFault(ReadOnlySpan<char> text, bool isChosen)
    {
        if (text.IsWhiteSpace())
        {
            return Messages.IsEmpty;
        }

        if (!SecretText.IsUnicode(text))
        {
            return Messages.IsNotUnicode;
        }

        bool isPem = PemRules.IsPem(text);
        ReadOnlySpan<char> visible = isPem ? text.TrimEnd("\r\n".AsSpan()) : text;
        return FindWhiteSpaceAround(visible)
            ?? InvisibleCharacters.Find(text, allowsLineBreaks: isPem)
            ?? (isPem ? PemRules.FindFault(text) : NotAKey.FindFault(text, isChosen));
    }

    private static string? FindWhiteSpaceAround(ReadOnlySpan<char> text) =>
        text[text.Length - 1] is '\n' or '\r' ? Messages.EndsWithLineBreak
        : char.IsWhiteSpace(text[text.Length - 1]) ? Messages.EndsWithWhiteSpace
        : char.IsWhiteSpace(text[0]) ? Messages.StartsWithWhiteSpace
        : null;

    private static void AddDoubts(List<KeyIssue> issues, KeyPart part, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        if (PemRules.IsPem(text))
        {
            AddDoubt(issues, part, PemRules.HasLabel(text, "PUBLIC KEY") && part != KeyPart.ApiKey
                ? Messages.IsPublicKey : null);
            AddDoubt(issues, part, PemRules.HasLabel(text, "CERTIFICATE") ? Messages.IsCertificate : null);
            AddDoubt(issues, part, text.IndexOf("ENCRYPTED".AsSpan()) >= 0 ? Messages.IsEncrypted : null);
            return;
        }

        AddDoubt(issues, part, NotAKey.FindDoubt(text));
        if (part != KeyPart.ApiPassphrase)
        {
            AddDoubt(issues, part, text.IndexOf(' ') >= 0 ? Messages.HasSpace : null);
        }

        foreach (char c in text)
        {
            if (c > '~')
            {
                AddDoubt(issues, part, Messages.HasNonAscii);
                return;
            }
        }
    }

    private static void AddFormats(
        List<KeyIssue> issues,
        ReadOnlySpan<char> key,
        ReadOnlySpan<char> secret,
        ReadOnlySpan<char> passphrase,
        string? venue)
    {
        AddDoubt(issues, KeyPart.ApiPassphrase,
            !passphrase.IsEmpty && passphrase.SequenceEqual(secret) ? Messages.IsSameAsSecret
            : !passphrase.IsEmpty && passphrase.SequenceEqual(key) ? Messages.IsSameAsKey : null);
        if (VenueKeyFormat.Find(venue) is not VenueKeyFormat format)
        {
            return;
        }

        AddFormat(issues, KeyPart.ApiKey, key, format.Key, venue!);
        AddFormat(issues, KeyPart.ApiSecret, secret, format.Secret, venue!);
        if (!passphrase.IsEmpty)
        {
            AddFormat(issues, KeyPart.ApiPassphrase, passphrase, format.Passphrase, venue!);
            AddDoubt(issues, KeyPart.ApiPassphrase, format.HasNoPassphrase
                ? Messages.NeedlessPassphrase(venue) : null);
        }
    }

    private static void AddFormat(
        List<KeyIssue> issues, KeyPart part, ReadOnlySpan<char> text, VenueKeyFormat.TextFormat? format, string venue)
    {
        if (format is not null && !format.Matches(text))
        {
            string description = Messages.OtherFormat(venue, format.Description);
            issues.Add(new KeyIssue(part, KeyIssueLevel.Format, description));
        }
    }

    private static void AddFault(List<KeyIssue> issues, KeyPart part, string? fault)
    {
        if (fault is not null)
        {
            issues.Add(new KeyIssue(part, KeyIssueLevel.Error, fault));
        }
    }

    private static void AddDoubt(List<KeyIssue> issues, KeyPart part, string? doubt)
    {
        if (doubt is not null)
        {
            issues.Add(new KeyIssue(part, KeyIssueLevel.Warning, doubt));
        }
    }
}
