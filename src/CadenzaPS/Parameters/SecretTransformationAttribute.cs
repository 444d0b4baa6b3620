using System;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using Cadenza.Client.Security;

namespace CadenzaPS.Parameters;

/// <summary>
/// Lets a secret parameter take a SecureString, or wraps a string, as a CSV row brings it. Anything else becomes
/// <see cref="SecretText.Unusable"/>, which is refused where the secret is used.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null => null,
            SecureString secret => secret,
            string text => SecretText.Wrap(text.AsSpan()),
            IFormattable and ValueType => SecretText.Wrap(Convert.ToString(value, CultureInfo.InvariantCulture).AsSpan()),

            // No exception: its record would carry the whole pipeline object, with the secrets that are right.
            _ => SecretText.Unusable,
        };
    }
}
