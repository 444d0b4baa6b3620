using System;
using System.Management.Automation;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>
/// Lets a parameter accept an age such as 90d, 12h or 4w, or a TimeSpan. PowerShell itself would read a number as a
/// count of ticks, and other text by the culture.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AgeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = ArgumentText.Unwrap(inputData);

        // PowerShell reads 90d as the decimal number 90 and keeps its text.
        TimeSpan? age = value is TimeSpan span && span > TimeSpan.Zero
            ? span
            : AgeText.Parse(ArgumentText.Find(inputData));
        return value is null || age is not null
            ? age
            : throw new ArgumentTransformationMetadataException(InputMessages.InvalidAge);
    }
}
