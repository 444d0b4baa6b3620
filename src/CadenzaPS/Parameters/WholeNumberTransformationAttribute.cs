using System;
using System.Globalization;
using System.Management.Automation;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>
/// Accepts whole numbers only. Without it, PowerShell would convert null and empty text to 0, and 1.5 to 2. Null and
/// empty text become null.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WholeNumberTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null or "")
        {
            return null;
        }

        string? text = value switch
        {
            string typed => typed,
            IFormattable number and not Enum => number.ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long result)
            ? result is >= int.MinValue and <= int.MaxValue ? (int)result : (object)result
            : throw new ArgumentTransformationMetadataException(InputMessages.NoWholeNumber);
    }
}
