using System;
using System.Management.Automation;
using CadenzaPS.Errors;
using CadenzaPS.Session;

namespace CadenzaPS.Parameters;

/// <summary>
/// Lets -Connection accept a connection, or the name that Connect-Cadenza -Name gave it in this session.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConnectionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is not string name
            ? inputData
            : RunspaceConnection.FindNamed(name)
                ?? throw new ArgumentTransformationMetadataException(InputMessages.UnknownConnection(name));
    }
}
