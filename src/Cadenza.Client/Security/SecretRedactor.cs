using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Security;
using System.Text;
using Cadenza.Client.Text;

namespace Cadenza.Client.Security;

/// <summary>
/// Redacts and sanitizes text of a response, because servers may quote the request's secrets: as they are or on one
/// line, escaped for JSON, a URL or HTML, in base64 or hexadecimal digits, or in part. Also removes the user
/// information of URIs.
/// </summary>
internal sealed class SecretRedactor(IReadOnlyList<SecureString> secrets) : IDisposable
{
    /// <summary>For responses to requests without secrets.</summary>
    public static readonly SecretRedactor Plain = new([]);

    /// <summary>Messages and details are truncated to less than this after they are redacted.</summary>
    private const int MaxSearchedLength = 16 * 1024;

    /// <summary>The shortest part of a secret with lines that is redacted in a value: half a line.</summary>
    private const int MinLinePart = 32;

    private const int MaxRequestIdLength = 128;

    /// <summary>
    /// The lower bound of each secret that cannot change, such as the access token of all requests of a connection.
    /// </summary>
    private static readonly ConditionalWeakTable<SecureString, object> ShortestParts = new();

    private int _shortestInValue = -1;
    private SecretFilter? _filter;

    /// <summary>
    /// Redacts and sanitizes a value of a result, of any length. Line breaks are control characters and are replaced.
    /// Parts of a secret are redacted from half its length, so that an API key that the server masked remains.
    /// </summary>
    public string Redact(string text)
    {
        string masked = RedactPlain(text);
        return TextSanitizer.Sanitize(UriText.RemoveUserInfo(masked));
    }

    /// <summary>Redacts a value that needs no sanitizing: printable ASCII characters without @ and %.</summary>
    [MethodImpl(HotPath.Inlined)]
    public string RedactPlain(string text)
    {
        if (text.Length < ShortestInValue)
        {
            return text;
        }

        _filter ??= CreateFilter();
        return _filter.MayContain(text) ? Mask(text, isValue: true) : text;
    }

    /// <summary>
    /// Redacts a message and then truncates it. Parts of a secret are redacted from 8 characters. Returns null if it is
    /// blank.
    /// </summary>
    public string? RedactMessage(string? text) =>
        text is null ? null : TextSanitizer.SanitizeMessage(MaskParts(text.Trim()));

    /// <summary>Redacts and sanitizes text for debug output, as a message but with up to 16,384 characters.</summary>
    public string RedactDetail(string text) => TextSanitizer.Sanitize(UriText.RemoveUserInfo(MaskParts(text)));

    /// <summary>Redacts and truncates a request id. Returns null if it is blank.</summary>
    public string? RedactRequestId(string? text)
    {
        string? redacted = RedactMessage(text);
        return redacted?.Length > MaxRequestIdLength ? redacted.Substring(0, MaxRequestIdLength) : redacted;
    }

    /// <summary>
    /// Returns the exception, or one with its redacted messages if one of them contains a secret or user information.
    /// </summary>
    public Exception RedactException(Exception exception)
    {
        var messages = new StringBuilder();
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            messages.Append(messages.Length == 0 ? "" : " ---> ")
                .Append(e.GetType().FullName).Append(": ").Append(e.Message);
        }

        string text = messages.ToString();
        return UriText.RemoveUserInfo(MaskParts(text)) == text
            ? exception
            : new InvalidOperationException(RedactMessage(text));
    }

    /// <summary>Zeroes what is derived from the secrets. The redactor can still be used.</summary>
    public void Dispose()
    {
        _filter?.Dispose();
        _filter = null;
    }

    private SecretFilter CreateFilter()
    {
        var filter = new SecretFilter();
        foreach (SecureString secret in secrets)
        {
            if (secret.Length >= SecretSearch.MinSecret)
            {
                using var chars = new SecretChars(secret);
                Func<int, int> minPart = MinPartOfValue(chars);
                filter.Add(chars, length => length < SecretSearch.MinPart ? length : minPart(length));
            }
        }

        return filter;
    }

    /// <summary>No part that is redacted in a value is shorter, in any form.</summary>
    private int ShortestInValue
    {
        get
        {
            if (_shortestInValue < 0)
            {
                int shortest = int.MaxValue;
                foreach (SecureString secret in secrets)
                {
                    int part = secret.IsReadOnly()
                        ? (int)ShortestParts.GetValue(secret, static secret => FindShortestPart(secret))
                        : FindShortestPart(secret);
                    shortest = Math.Min(shortest, part);
                }

                _shortestInValue = shortest;
            }

            return _shortestInValue;
        }
    }

    /// <summary>
    /// A lower bound that needs no other form of the secret: every form has at least its letters and digits, unless
    /// they are part of an escape.
    /// </summary>
    private static int FindShortestPart(SecureString secret)
    {
        if (secret.Length < SecretSearch.MinSecret)
        {
            return int.MaxValue;
        }

        using var chars = new SecretChars(secret);
        int kept = 0;
        foreach (char c in chars.Span)
        {
            if (c is '%' or '\\' or '&')
            {
                return 0;
            }

            kept += c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? 1 : 0;
        }

        return kept < SecretSearch.MinPart ? kept : MinPartOfValue(chars)(kept);
    }

    private static Func<int, int> MinPartOfValue(SecretChars secret)
    {
        int max = secret.Span.IndexOf('\n') >= 0 ? MinLinePart : int.MaxValue;
        return length => Math.Min(max, Math.Max(SecretSearch.MinPart, (length + 1) / 2));
    }

    private string MaskParts(string text) => Mask(TextTruncation.Cut(text, MaxSearchedLength), isValue: false);

    private string Mask(string text, bool isValue)
    {
        var found = new List<(int Start, int End)>();
        using (var searched = new SearchedText(text))
        {
            foreach (SecureString secret in secrets)
            {
                if (secret.Length >= SecretSearch.MinSecret && text.Length >= SecretSearch.MinSecret)
                {
                    using var chars = new SecretChars(secret);
                    Func<int, int> minPart = isValue ? MinPartOfValue(chars) : static _ => SecretSearch.MinPart;
                    found.AddRange(new SecretSearch(searched, minPart).Find(chars));
                }
            }
        }

        return found.Count == 0 ? text : Replace(text, found);
    }

    private static string Replace(string text, List<(int Start, int End)> found)
    {
        found.Sort();
        var masked = new StringBuilder();
        int copied = 0;
        foreach ((int start, int end) in found)
        {
            if (start > copied || (copied == 0 && masked.Length == 0))
            {
                masked.Append(text, copied, start - copied).Append(SecretMask.Masked);
            }

            copied = Math.Max(copied, end);
        }

        return masked.Append(text, copied, text.Length - copied).ToString();
    }
}
