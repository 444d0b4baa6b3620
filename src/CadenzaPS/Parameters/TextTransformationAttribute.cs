using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace CadenzaPS.Parameters;

/// <summary>
/// Lets a parameter accept strings and number literals, whose text is used. Anything else becomes an
/// <see cref="UnusableArgument"/>. Without this attribute, PowerShell would convert numbers, dates and objects to text.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the parameter accepts several values.</summary>
    public bool AllowsMany { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = ArgumentText.Unwrap(inputData);
        return value is IList items && (AllowsMany || items.Count == 1)
            ? AllowsMany ? items.Cast<object?>().Select(Read).ToArray() : Read(items[0])
            : Read(inputData);
    }

    /// <summary>Converts the argument or the field of a row.</summary>
    public static string? Read(object? input) =>
        ArgumentText.Unwrap(input) is not object value ? null
        : ArgumentText.Find(input) ?? UnusableArgument.ForText(value);
}
