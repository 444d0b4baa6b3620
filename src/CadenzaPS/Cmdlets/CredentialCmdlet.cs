using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Commands;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>A cmdlet that is told of credentials, by -CredentialId or through the pipeline.</summary>
public abstract class CredentialCmdlet : ConnectedCmdlet
{
    private const string IdParameter = "CredentialId";

    /// <summary>What must not show in InvocationInfo.BoundParameters, which every verbose, debug and error record carries along.</summary>
    private static readonly string[] RevealingParameters = [nameof(InputObject), "ApiCredential"];

    private long _records;

    /// <summary>The object from the pipeline: a credential, a row of a CSV file, a hashtable, or an id as a string.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Whether -CredentialId stands on the command line, be it with nothing in it.</summary>
    private protected bool HasExplicitId { get; private set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Later it is bound from the pipeline as well.
        HasExplicitId = MyInvocation.BoundParameters.ContainsKey(IdParameter);
        RefuseNull(nameof(InputObject), InputObject);
        if (HasExplicitId && MyInvocation.ExpectingInput)
        {
            Refuse("Give credentials either by -CredentialId or through the pipeline, not both.");
        }

        HideSecrets();
        base.BeginProcessing();
    }

    /// <summary>
    /// The credentials of this record: those of the command line, else what the pipeline object means. The id that parameter binding took
    /// from the pipeline is not used: it may be the text of an object.
    /// </summary>
    private protected IReadOnlyList<CredentialReference> ReadItems(string?[]? credentialIds)
    {
        HideSecrets();
        _records++;
        if (!HasExplicitId)
        {
            return [PipelineItem.Read(InputObject, _records)];
        }

        Progress.Total = credentialIds?.Length;
        return credentialIds is { Length: > 0 } ? credentialIds.Select(static id => new CredentialReference(id ?? "")).ToArray() : [new CredentialReference("")];
    }

    /// <summary>A variable that is not set must not turn a filter off.</summary>
    private protected void RefuseNull(string parameter, object? value)
    {
        if (value is null && MyInvocation.BoundParameters.ContainsKey(parameter))
        {
            Refuse($"-{parameter} was given, but is null.");
        }
    }

    private void Refuse(string message) => Report(ErrorCatalog.ForInput(CadenzaErrorKind.InvalidParameter, message));

    private void HideSecrets()
    {
        foreach (string parameter in RevealingParameters)
        {
            MyInvocation.BoundParameters.Remove(parameter);
        }
    }
}
