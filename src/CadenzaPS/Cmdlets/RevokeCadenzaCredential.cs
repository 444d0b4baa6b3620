using System.Management.Automation;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Revoke-CadenzaCredential: revokes credentials for good. Emits each revoked credential, or one error that tells whether it was revoked.
/// </summary>
[Cmdlet(
    VerbsSecurity.Revoke, "CadenzaCredential",
    SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, HelpUri = HelpUris.RevokeCadenzaCredential)]
[OutputType(typeof(CadenzaCredential))]
public sealed class RevokeCadenzaCredential : ChangeCmdlet
{
    /// <summary>The ids of the credentials to revoke.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [CredentialIdTransformation]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? CredentialId { get; set; }

    private protected override ChangeKind Kind => ChangeKind.Revoke;

    /// <inheritdoc/>
    protected override bool ShowsQuestions => ShowsQuestionsOf(ConfirmImpact.High, Force);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (CredentialReference item in ReadItems(CredentialId))
        {
            Change(new RevokeRequest(item));
        }
    }
}
