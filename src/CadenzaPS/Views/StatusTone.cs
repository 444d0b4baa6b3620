using System;
using System.Collections.Generic;

namespace CadenzaPS.Views;

/// <summary>What a status means to whoever skims a table, as the name of a colour of $PSStyle.Foreground.</summary>
internal static class StatusTone
{
    private static readonly Dictionary<string, string> Colors = new(StringComparer.OrdinalIgnoreCase)
    {
        ["VERIFIED"] = "Green",
        ["VALIDATED"] = "Green",
        ["ACTIVE"] = "Green",
        ["PENDING"] = "Yellow",
        ["CREATED"] = "Yellow",
        ["NEW"] = "Yellow",
        ["FAILED"] = "Red",
        ["ERROR"] = "Red",
        ["EXPIRED"] = "Red",
        ["UNAVAILABLE"] = "Red",
        ["REVOKED"] = "BrightBlack",
    };

    /// <summary>The colour of a status; null for one that is not known, which is shown as it is.</summary>
    public static string? ColorOf(string status) => Colors.TryGetValue(status, out string? color) ? color : null;
}
