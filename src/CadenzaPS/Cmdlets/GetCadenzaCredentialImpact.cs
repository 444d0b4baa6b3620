using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Commands.Impact;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Get-CadenzaCredentialImpact: gets the trading accounts that revoking each credential would disconnect. Lists the
/// trading accounts once, at the first credential, and writes one object for each credential.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CadenzaCredentialImpact", HelpUri = HelpUris.GetCadenzaCredentialImpact)]
[OutputType(typeof(CredentialImpact))]
public sealed class GetCadenzaCredentialImpact : ConnectedCmdlet
{
    private CredentialInput _input = null!;
    private ImpactReader? _reader;

    /// <summary>The ids of the credentials.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [CredentialIdTransformation]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? CredentialId { get; set; }

    /// <summary>A credential, a row of a CSV file, a hashtable, or an id as a string.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _input = new CredentialInput(this, InputObject);
        base.Begin();
        if (!_input.IsSpecified)
        {
            Report(CadenzaErrorKind.InvalidParameter, InputMessages.NoCredentials);
        }
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (CredentialReference item in _input.ReadValid(CredentialId, InputObject, CurrentConnection))
        {
            _reader ??= new ImpactReader(CurrentConnection.GetClient(), Runtime, StopToken);
            Runtime.WriteObject(_reader.Of(item));
        }
    }
}
