using System;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using Cadenza.Client.Security;

namespace CadenzaPS.Parameters;

/// <summary>
/// Lets a parameter for a secret accept a SecureString, or a string such as a field of a CSV file. Anything else
/// becomes <see cref="SecretText.Unusable"/>, which is rejected when the secret is used.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
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
            IFormattable and ValueType =>
                SecretText.Wrap(Convert.ToString(value, CultureInfo.InvariantCulture).AsSpan()),

            // No exception: its error record would contain the whole pipeline object with its other secrets.
            _ => SecretText.Unusable,
        };
    }
}
