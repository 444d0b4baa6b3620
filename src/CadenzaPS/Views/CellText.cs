using System;
using Cadenza.Client.Text;

namespace CadenzaPS.Views;

/// <summary>Text in the cells of a screen.</summary>
internal static class CellText
{
    /// <summary>Cuts a text to so many cells; an ellipsis says where. A venue keeps its ending _UAT, which makes it another venue.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cells">How many cells it may take.</param>
    /// <param name="lengthOf">How many cells a text takes.</param>
    public static string Cut(string text, int cells, Func<string, int> lengthOf)
    {
        // No character takes less than one cell, so a longer text need not be measured.
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
