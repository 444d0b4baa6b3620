using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Commands;
using Cadenza.Commands.Impact;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Get-CadenzaCredentialImpact: tells which trading accounts a revoke of each credential would disconnect. Lists the accounts once, at the
/// first credential, and emits one object for each.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CadenzaCredentialImpact", HelpUri = HelpUris.GetCadenzaCredentialImpact)]
[OutputType(typeof(CredentialImpact))]
public sealed class GetCadenzaCredentialImpact : CredentialCmdlet
{
    private ImpactSource? _source;

    /// <summary>The ids of the credentials.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [CredentialIdTransformation]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? CredentialId { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (!HasExplicitId && InputObject is null && !MyInvocation.ExpectingInput)
        {
            Report(ErrorCatalog.ForInput(
                CadenzaErrorKind.InvalidParameter,
                "No credentials were given: by -CredentialId or through the pipeline, as in Get-CadenzaCredential | Get-CadenzaCredentialImpact."));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        PSObject? input = InputObject;
        foreach (CredentialReference item in ReadItems(CredentialId))
        {
            if (ErrorCatalog.ValidateId(item) is CadenzaErrorReport error)
            {
                Report(error);
                continue;
            }

            Run(() => _source ??= ImpactRunner.Load(CurrentConnection.GetClient(), this, StopToken));
            WriteResult(Evaluate(item, HasExplicitId ? null : input));
        }
    }

    private CredentialImpact Evaluate(CredentialReference item, PSObject? input) => input?.BaseObject is CadenzaCredential credential
        ? _source!.Of(credential)
        : _source!.Of(item.CredentialId!, item.Venue, item.Nickname, PipelineItem.StatusOf(input));
}
