using System;
using System.Management.Automation;
using CadenzaPS.Session;

namespace CadenzaPS.Parameters;

/// <summary>Lets -Connection take a connection, or the name that Connect-Cadenza -Name gave it in this session.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConnectionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is not string name
            ? inputData
            : RunspaceConnection.FindNamed(name)
                ?? throw new ArgumentTransformationMetadataException($"There is no connection named '{name}' in this session.");
    }
}
