using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace CadenzaPS.Parameters;

/// <summary>
/// Lets -CredentialId accept a credential instead of its id. Without it, PowerShell would convert an object to text and
/// use the text as an id. An object without an id becomes an empty id, which is one error: an exception would contain
/// the whole pipeline object.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CredentialIdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = ArgumentText.Unwrap(inputData);
        return value switch
        {
            null => null,
            string => value,
            IList items => items.Cast<object?>().Select(IdOf).ToArray(),
            _ => IdOf(inputData),
        };
    }

    private static string IdOf(object? item) =>
        ArgumentText.Find(item)
        ?? (ArgumentText.IsNumber(ArgumentText.Unwrap(item)) ? UnusableArgument.ForText(ArgumentText.Unwrap(item)!)
            : item is null ? ""
            : PipelineItem.Read(PSObject.AsPSObject(item)).CredentialId ?? "");
}
