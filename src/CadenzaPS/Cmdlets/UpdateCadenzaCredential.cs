using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Security;
using Cadenza.Client.Text;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Update-CadenzaCredential: rotates the API keys of credentials. Writes each rotated credential, or one error that
/// says whether it was rotated.
/// </summary>
[Cmdlet(
    VerbsData.Update, "CadenzaCredential",
    SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpUris.UpdateCadenzaCredential)]
[OutputType(typeof(CadenzaCredential))]
public sealed class UpdateCadenzaCredential : ApiKeyCmdlet
{
    private CredentialInput _input = null!;

    /// <summary>The id of the credential.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [CredentialIdTransformation]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string? CredentialId { get; set; }

    /// <summary>A credential, a row of a CSV file, a hashtable, or an id as a string.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override ChangeKind Kind => ChangeKind.Rotate;

    private bool HasKeysInPipelineObject =>
        PipelineItem.HasMember(InputObject, nameof(ApiKey)) || PipelineItem.HasMember(InputObject, nameof(ApiSecret));

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _input = new CredentialInput(this, InputObject);
        base.Begin();
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        CredentialReference item = _input.Read([CredentialId], InputObject)[0];

        // The runner rejects an id that is not valid.
        string? identity = CredentialIdRules.Validate(item.CredentialId) is null ? item.CredentialId : null;
        (ApiKeySet? keys, string? fault) = HasExplicitKeys && HasKeysInPipelineObject
            ? (null, InputMessages.MixedKeys)
            : ReadKeys(identity);
        if (keys is null)
        {
            Changes.Reject(CadenzaErrorKind.InvalidKeys, item, fault!);
            return;
        }

        Changes.Process(new RotateRequest(item, keys));
    }
}
