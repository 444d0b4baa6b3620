using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CadenzaPS.Parameters;

/// <summary>Reads ages such as 90d in the same way in every culture.</summary>
internal static class AgeText
{
    private static readonly Regex Format = new(
        "^(?<number>[0-9]{1,6})(?<unit>[hdw])\\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    /// <summary>
    /// Returns the age, or null if the text is not a whole number above zero of hours (h), days (d) or weeks (w).
    /// </summary>
    public static TimeSpan? Parse(string? text)
    {
        Match match = Format.Match(text ?? "");
        if (!match.Success)
        {
            return null;
        }

        int number = int.Parse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture);
        TimeSpan unit = match.Groups["unit"].Value.ToUpperInvariant() switch
        {
            "H" => TimeSpan.FromHours(1),
            "D" => TimeSpan.FromDays(1),
            _ => TimeSpan.FromDays(7),
        };
        return number > 0 ? TimeSpan.FromTicks(unit.Ticks * number) : null;
    }

    /// <summary>Returns the time that is this long ago, or the earliest possible time.</summary>
    public static DateTimeOffset TimeBefore(DateTimeOffset now, TimeSpan age) =>
        now.UtcTicks > age.Ticks ? now - age : DateTimeOffset.MinValue;
}
