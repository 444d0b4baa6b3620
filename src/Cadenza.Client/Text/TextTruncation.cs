namespace Cadenza.Client.Text;

/// <summary>Truncates text.</summary>
internal static class TextTruncation
{
    /// <summary>
    /// Truncates the text to <paramref name="maxLength"/> UTF-16 code units. Never splits a surrogate pair.
    /// </summary>
    public static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        return text.Substring(
            0, maxLength > 0 && char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength);
    }

    /// <summary>Truncates the text to <paramref name="maxLength"/> UTF-16 code units, including the ellipsis.</summary>
    public static string Truncate(string text, int maxLength, string ellipsis = "\u2026") =>
        text.Length <= maxLength ? text : Cut(text, maxLength - ellipsis.Length).TrimEnd() + ellipsis;
}
