using System;
using System.Collections.Generic;

namespace CadenzaPS.Views;

/// <summary>The colors of statuses, effects and severities, as names of properties of $PSStyle.Foreground.</summary>
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

    /// <summary>Returns the color of the effect that a revoke would have; null for no color.</summary>
    public static string? ColorOfEffect(string effect) =>
        EffectColors.TryGetValue(effect, out string? color) ? color : null;

    /// <summary>Returns the color of the severity of a finding; null for no color.</summary>
    public static string? ColorOfSeverity(string severity) =>
        SeverityColors.TryGetValue(severity, out string? color) ? color : null;

    /// <summary>Returns the color of a status; null for an unknown status, which has no color.</summary>
    public static string? ColorOf(string status) => Colors.TryGetValue(status, out string? color) ? color : null;
}
