using System;
using System.Management.Automation;
using System.Security;
using Cadenza.Client.Security;

namespace CadenzaPS.Parameters;

/// <summary>
/// Lets a parameter for a secret accept a SecureString, a string, or a number literal, whose text is used. Anything
/// else becomes an <see cref="UnusableArgument"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Read(inputData);

    /// <summary>Converts the argument or the field of a row.</summary>
    public static SecureString? Read(object? input)
    {
        object? value = ArgumentText.Unwrap(input);
        return value is null ? null
            : value as SecureString
            ?? (ArgumentText.Find(input) is string text
                ? SecretText.Wrap(text.AsSpan())
                : UnusableArgument.ForSecret(value));
    }
}
