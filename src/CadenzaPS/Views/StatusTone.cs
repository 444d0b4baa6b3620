using System;
using System.Collections.Generic;
using Cadenza.Client.Models;
using Cadenza.Commands.Results;

namespace CadenzaPS.Views;

/// <summary>
/// The colors of statuses, effects, severities, answers and outcomes, as names of properties of $PSStyle.Foreground.
/// </summary>
internal static class StatusTone
{
    /// <summary>Statuses that only trading accounts have.</summary>
    private static readonly Dictionary<string, string> AccountColors = new(StringComparer.OrdinalIgnoreCase)
    {
        ["NEW"] = "Yellow",
        ["UNAVAILABLE"] = "Red",
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

    private static readonly Dictionary<string, string> AnswerColors = new(StringComparer.OrdinalIgnoreCase)
    {
        [VerificationAnswer.Accepted] = "Green",
        [VerificationAnswer.Rejected] = "Red",
        [VerificationAnswer.NotYetKnown] = "Yellow",
        [VerificationAnswer.NotApplicable] = "BrightBlack",
    };

    private static readonly Dictionary<string, string> OutcomeColors = new(StringComparer.OrdinalIgnoreCase)
    {
        [ResultOutcome.Applied] = "Green",
        [ResultOutcome.Accepted] = "Yellow",
        [ResultOutcome.Answered] = "Green",
        [ResultOutcome.Skipped] = "BrightBlack",
        [ResultOutcome.Declined] = "BrightBlack",
        [ResultOutcome.NotSent] = "Yellow",
        [ResultOutcome.Rejected] = "Red",
        [ResultOutcome.Unknown] = "Red",
        [ResultVerification.Verified] = "Green",
        [ResultVerification.NotVerified] = "Red",
        [ResultVerification.NotYetKnown] = "Yellow",
    };

    /// <summary>Returns the color of an outcome, or of whether keys are verified; null for no color.</summary>
    public static string? ColorOfOutcome(string outcome) =>
        OutcomeColors.TryGetValue(outcome, out string? color) ? color : null;

    /// <summary>Returns the color of the answer of a verification; null for no color.</summary>
    public static string? ColorOfAnswer(string answer) =>
        AnswerColors.TryGetValue(answer, out string? color) ? color : null;

    /// <summary>Returns the color of the effect that a revoke would have; null for no color.</summary>
    public static string? ColorOfEffect(string effect) =>
        EffectColors.TryGetValue(effect, out string? color) ? color : null;

    /// <summary>Returns the color of the severity of a finding; null for no color.</summary>
    public static string? ColorOfSeverity(string severity) =>
        SeverityColors.TryGetValue(severity, out string? color) ? color : null;

    /// <summary>Returns the color of a status; null for an unknown status, which has no color.</summary>
    public static string? ColorOf(string status) => CredentialStatus.GroupOf(status) switch
    {
        CredentialStatusGroup.Working => "Green",
        CredentialStatusGroup.Waiting => "Yellow",
        CredentialStatusGroup.Broken => "Red",
        CredentialStatusGroup.Revoked => "BrightBlack",
        _ => AccountColors.TryGetValue(status, out string? color) ? color : null,
    };
}
