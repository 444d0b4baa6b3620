using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Commands;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>The credentials that a command receives by -CredentialId or from the pipeline.</summary>
internal sealed class CredentialInput
{
    private readonly CadenzaCmdlet _cmdlet;
    private long _objects;

    /// <summary>
    /// Checks the input. Create it before the first pipeline object, which binds the same parameters.
    /// </summary>
    public CredentialInput(CadenzaCmdlet cmdlet, PSObject? inputObject)
    {
        _cmdlet = cmdlet;
        HasExplicitId = cmdlet.IsBound("CredentialId");
        IsSpecified = HasExplicitId || cmdlet.MyInvocation.ExpectingInput || inputObject is not null;
        cmdlet.RejectNull("InputObject", inputObject);
        if (HasExplicitId && cmdlet.MyInvocation.ExpectingInput)
        {
            cmdlet.Report(CadenzaErrorKind.InvalidParameter, InputMessages.IdAndPipeline);
        }
    }

    /// <summary>Whether the command line has -CredentialId, even with an empty value.</summary>
    public bool HasExplicitId { get; }

    /// <summary>
    /// Whether the command has input at all. An empty pipeline counts, so that it never means "all credentials".
    /// </summary>
    public bool IsSpecified { get; }

    /// <summary>
    /// Returns the credentials of the command line, or else the one of the pipeline object. The id that PowerShell
    /// bound from the pipeline is not used, because it may be an arbitrary object converted to text.
    /// </summary>
    public IReadOnlyList<CredentialReference> Read(string?[]? credentialIds, PSObject? inputObject)
    {
        _objects++;
        if (!HasExplicitId)
        {
            return [PipelineItem.Read(inputObject, _objects)];
        }

        _cmdlet.Runtime.Progress.Total = credentialIds?.Length;
        return credentialIds is { Length: > 0 }
            ? [.. credentialIds.Select(static id => new CredentialReference(id ?? ""))]
            : [new CredentialReference("")];
    }

    /// <summary>
    /// As <see cref="Read"/>, for commands that change nothing: an item without a valid id is one error.
    /// </summary>
    public IEnumerable<CredentialReference> ReadValid(string?[]? credentialIds, PSObject? inputObject)
    {
        foreach (CredentialReference item in Read(credentialIds, inputObject))
        {
            if (ErrorCatalog.ValidateId(item) is CadenzaErrorReport error)
            {
                _cmdlet.Report(error);
            }
            else
            {
                yield return item;
            }
        }
    }
}
