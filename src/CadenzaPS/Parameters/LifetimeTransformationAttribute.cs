using System;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>
/// Lets a parameter accept one number of days for all venues, or a hashtable with the days of each venue. Both become a
/// hashtable with text and whole numbers.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LifetimeTransformationAttribute : ArgumentTransformationAttribute
{
    private const string AnyVenue = Cadenza.Audit.KeyLifetimes.AnyVenue;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = ArgumentText.Unwrap(inputData);
        if (value is null)
        {
            return null;
        }

        var days = new Hashtable(StringComparer.OrdinalIgnoreCase);
        if (value is not IDictionary venues)
        {
            days.Add(AnyVenue, ReadDays(value));
            return days;
        }

        foreach (DictionaryEntry entry in venues)
        {
            string venue = (ArgumentText.Unwrap(entry.Key) as string)?.Trim() ?? "";
            bool isName = venue.Length > 0
                && (venue == AnyVenue || !WildcardPattern.ContainsWildcardCharacters(venue));
            days[isName ? venue : throw Invalid()] = ReadDays(ArgumentText.Unwrap(entry.Value));
        }

        return days.Count > 0 ? days : throw Invalid();
    }

    private static int ReadDays(object? value)
    {
        string? text = value switch
        {
            string typed => typed,
            IFormattable number and not Enum => number.ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int days) && days >= 1
            ? days
            : throw Invalid();
    }

    private static ArgumentTransformationMetadataException Invalid() => new(InputMessages.InvalidLifetime);
}
