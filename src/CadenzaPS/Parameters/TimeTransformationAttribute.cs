using System;
using System.Management.Automation;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>
/// Lets a parameter accept a date object, or text in the form of ISO 8601. PowerShell itself reads other text by the
/// culture, and a number as a count of ticks.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = ArgumentText.Unwrap(inputData);
        return value switch
        {
            null or DateTimeOffset => value,
            DateTime time => ToOffset(time),
            string text => IsoTime.Parse(text) ?? throw Invalid(IsNumber(text)),
            _ when inputData is PSObject deserialized
                && ArgumentText.Unwrap(deserialized.Properties["UtcDateTime"]?.Value) is DateTime time =>
                ToOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            _ => throw Invalid(ArgumentText.IsNumber(value) || value is TimeSpan),
        };
    }

    private static DateTimeOffset ToOffset(DateTime time)
    {
        try
        {
            return new DateTimeOffset(time);
        }
        catch (ArgumentOutOfRangeException)
        {
            // The local time is outside of the range in UTC, as DateTime.MinValue east of Greenwich.
            return time.Year == 1 ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue;
        }
    }

    private static bool IsNumber(string text)
    {
        string trimmed = text.Trim();
        return trimmed.Length > 0 && Array.TrueForAll(trimmed.ToCharArray(), char.IsDigit);
    }

    private static ArgumentTransformationMetadataException Invalid(bool isNumber) =>
        new(isNumber ? InputMessages.NumberForTime : InputMessages.InvalidTime);
}
