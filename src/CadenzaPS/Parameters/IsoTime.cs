using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CadenzaPS.Parameters;

/// <summary>Reads ISO 8601 dates and times in the same way in every culture.</summary>
internal static class IsoTime
{
    private static readonly Regex Format = new(
        "^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
        + "([Tt ](?<time>[0-9]{2}:[0-9]{2})(:(?<second>[0-9]{2})([.,](?<fraction>[0-9]{1,9}))?)?"
        + "(?<offset>[Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?)?\\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    /// <summary>Returns the time, or null if the text is not an ISO 8601 date, or date and time.</summary>
    /// <param name="text">The text. Without an offset, it is local time, and without a time, midnight.</param>
    public static DateTimeOffset? Parse(string text)
    {
        Match match = Format.Match(text);
        if (!match.Success)
        {
            return null;
        }

        string time = match.Groups["time"].Success ? match.Groups["time"].Value : "00:00";
        string second = match.Groups["second"].Success ? match.Groups["second"].Value : "00";
        string fraction = match.Groups["fraction"].Value.PadRight(7, '0').Substring(0, 7);
        string plain = $"{match.Groups["date"].Value}T{time}:{second}.{fraction}{Offset(match.Groups["offset"].Value)}";
        string[] formats = ["yyyy-MM-dd'T'HH:mm:ss.fffffff", "yyyy-MM-dd'T'HH:mm:ss.fffffffzzz"];
        return DateTimeOffset.TryParseExact(
            plain, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset parsed)
            ? parsed
            : null;
    }

    private static string Offset(string text) => text.Length switch
    {
        0 => "",
        1 => "+00:00",
        3 => text + ":00",
        5 => text.Insert(3, ":"),
        _ => text,
    };
}
