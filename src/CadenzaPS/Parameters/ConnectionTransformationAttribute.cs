using System;
using System.Management.Automation;
using Cadenza.Commands.Connections;
using CadenzaPS.Errors;
using CadenzaPS.Session;

namespace CadenzaPS.Parameters;

/// <summary>
/// Lets -Connection accept a connection, or the name that Connect-Cadenza -Name gave it in this session. Anything else
/// becomes an <see cref="UnusableArgument"/>: PowerShell's conversion error would show it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConnectionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = ArgumentText.Unwrap(inputData);
        return value is null or CadenzaConnection ? value
            : ArgumentText.Find(inputData) is not string name ? UnusableArgument.ForConnection(value)
            : RunspaceConnection.FindNamed(name)
                ?? throw new ArgumentTransformationMetadataException(
                    InputMessages.UnknownConnection(name, RunspaceConnection.Names));
    }
}
