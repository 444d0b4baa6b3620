using System;
using System.Collections.Generic;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Changes;

/// <summary>Finds how a credential of the input differs from the one on the server. A pure function.</summary>
internal static class CredentialDifference
{
    /// <summary>
    /// Returns the differences as the end of a sentence, or null if there are none. What the input does not have is not
    /// compared.
    /// </summary>
    /// <param name="seen">The credential of the input.</param>
    /// <param name="actual">The credential on the server.</param>
    /// <param name="isResumed">
    /// Whether an earlier run may have changed it, so that its status and time may differ.
    /// </param>
    public static string? Find(in CredentialReference seen, CadenzaCredential actual, bool isResumed = false)
    {
        var differences = new List<string>();
        Compare("venue", seen.Venue, actual.Venue, StringComparison.OrdinalIgnoreCase, differences);
        Compare("nickname", seen.Nickname, actual.Nickname, StringComparison.Ordinal, differences);
        if (!isResumed)
        {
            Compare("status", seen.Status, actual.Status, StringComparison.OrdinalIgnoreCase, differences);
            CompareTime(seen.UpdatedAt, actual.UpdatedAt, differences);
        }

        return differences.Count == 0
            ? null
            : Messages.Differs(string.Join(", and ", differences));
    }

    private static void Compare(
        string name, string? seen, string? actual, StringComparison comparison, List<string> differences)
    {
        if (!string.IsNullOrEmpty(seen) && !string.Equals(seen, actual ?? "", comparison))
        {
            differences.Add(Messages.DiffersIn(name, Format(actual), Format(seen)));
        }
    }

    private static void CompareTime(DateTimeOffset? seen, DateTimeOffset? actual, List<string> differences)
    {
        if (seen is not DateTimeOffset before || (actual is DateTimeOffset now && IsSame(before, now)))
        {
            return;
        }

        string current = actual is DateTimeOffset time ? Format(time) : "unknown";
        differences.Add(Messages.DiffersInTime(current, Format(before)));
    }

    /// <summary>A file can have times in whole seconds, or without the digits after the milliseconds.</summary>
    private static bool IsSame(DateTimeOffset seen, DateTimeOffset actual) =>
        (actual - seen).Duration().Ticks
        < (seen.Ticks % TimeSpan.TicksPerSecond == 0 ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMillisecond);

    private static string Format(string? text) => string.IsNullOrEmpty(text) ? "empty" : DisplayName.Quote(text!);

    private static string Format(DateTimeOffset time) =>
        UtcTime.FormatIso(time);
}
