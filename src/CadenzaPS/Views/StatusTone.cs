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

    private static readonly Dictionary<string, string> EffectColors = new(StringComparer.OrdinalIgnoreCase)
    {
        ["None"] = "Green",
        ["Disconnects"] = "Yellow",
        ["MayBeRefused"] = "Red",
        ["Unknown"] = "Red",
        ["Revoked"] = "BrightBlack",
    };

    private static readonly Dictionary<string, string> SeverityColors = new(StringComparer.OrdinalIgnoreCase)
    {
        ["High"] = "Red",
        ["Medium"] = "Yellow",
    };

    /// <summary>The colour of the effect that a revoke would have.</summary>
    public static string? ColorOfEffect(string effect) => EffectColors.TryGetValue(effect, out string? color) ? color : null;

    /// <summary>The colour of a finding's severity.</summary>
    public static string? ColorOfSeverity(string severity) => SeverityColors.TryGetValue(severity, out string? color) ? color : null;

    /// <summary>The colour of a status; null for one that is not known, which is shown as it is.</summary>
    public static string? ColorOf(string status) => Colors.TryGetValue(status, out string? color) ? color : null;
}
