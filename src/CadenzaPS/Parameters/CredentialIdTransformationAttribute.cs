using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace CadenzaPS.Parameters;

/// <summary>
/// Lets -CredentialId take a credential in place of its id. Without it an object would be turned into text, and that text sent as an id.
/// What has no id becomes an empty one, which is refused item by item: an exception here would carry the whole pipeline object.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CredentialIdTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null => null,
            string => value,
            IList items => items.Cast<object?>().Select(IdOf).ToArray(),
            _ => IdOf(inputData),
        };
    }

    private static string IdOf(object? item) =>
        item is null ? "" : PipelineItem.Read(PSObject.AsPSObject(item)).CredentialId ?? "";
}
