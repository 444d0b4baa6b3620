using System;
using Cadenza.Client.Text;

namespace CadenzaPS.Views;

/// <summary>Truncates text by the number of cells that it occupies on the screen.</summary>
internal static class CellText
{
    /// <summary>
    /// Truncates text with an ellipsis. A venue keeps the suffix _UAT, which distinguishes it from another venue.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="cells">The maximum number of cells.</param>
    /// <param name="lengthOf">Returns the number of cells of a text.</param>
    public static string Cut(string text, int cells, Func<string, int> lengthOf)
    {
        // Every character occupies at least one cell, so a longer text need not be measured.
        if (text.Length <= cells && lengthOf(text) <= cells)
        {
            return text;
        }

        const string Ellipsis = "\u2026";
        string end = text.EndsWith("_UAT", StringComparison.Ordinal) && cells > 8 ? Ellipsis + "_UAT" : Ellipsis;
        int length = Math.Min(text.Length, cells);
        while (length > 0 && lengthOf(text.Substring(0, length)) > cells - end.Length)
        {
            length--;
        }

        // Never half of a surrogate pair.
        return TextTruncation.Cut(text, length).TrimEnd() + end;
    }
}
