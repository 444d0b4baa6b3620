using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Text;
using Cadenza.Commands.Results;
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
[OutputType(typeof(CadenzaCredential), typeof(CredentialResult))]
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

    /// <summary>Does not compare the credentials of the input with the server before they are rotated.</summary>
    [Parameter]
    public SwitchParameter SkipCheck { get; set; }

    /// <summary>
    /// Asks the exchange after each rotation whether it accepts the new keys, and stops after the first failure unless
    /// -MaximumFailure allows more.
    /// </summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <inheritdoc/>
    private protected override ChangeKind Kind => ChangeKind.Rotate;

    /// <inheritdoc/>
    private protected override bool Verifies => Verify;

    /// <inheritdoc/>
    private protected override bool SkipsCheck => SkipCheck;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        RejectScriptBlock(nameof(CredentialId));
        if (Verify && NoWait)
        {
            Report(CadenzaErrorKind.InvalidParameter, InputMessages.VerifyWithoutWait);
        }

        base.Begin();
        _input = new CredentialInput(this, InputObject, KeyColumns.ForRotation(HasExplicitKeys))
        {
            ErrorSink = Changes.Refuse,
            SkipSink = Changes.Skip,
            ReportsEachItem = Changes.ReportsEachItem,
            ComparesTimes = !SkipCheck,
        };
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        Keys.Count();
        foreach (CredentialReference item in _input.Read([CredentialId], InputObject))
        {
            if (CredentialIdRules.Validate(item.CredentialId) is string fault)
            {
                string text = item.CredentialId is null ? "it has no CredentialId." : $"the CredentialId {fault}.";
                Changes.Reject(CadenzaErrorKind.InvalidCredentialId, item, text);
                continue;
            }

            PSObject? row = _input.HasExplicitId ? null : InputObject;
            Keys.Process(item, row, _input.Columns, keys => new RotateRequest(item, keys));
        }
    }
}
