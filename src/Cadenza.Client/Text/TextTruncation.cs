namespace Cadenza.Client.Text;

/// <summary>Cuts text that is too long.</summary>
public static class TextTruncation
{
    /// <summary>The beginning of the text, of at most so many UTF-16 code units. Never ends with half a surrogate pair.</summary>
    public static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        return text.Substring(0, maxLength > 0 && char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength);
    }

    /// <summary>The text, or where it is too long its beginning and an ellipsis, together at most so many UTF-16 code units.</summary>
    public static string Truncate(string text, int maxLength, string ellipsis = "\u2026") =>
        text.Length <= maxLength ? text : Cut(text, maxLength - ellipsis.Length).TrimEnd() + ellipsis;
}
