using System;
using System.Management.Automation;
using System.Security;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Security;
using Cadenza.Client.Text;
using Cadenza.Commands.Changes;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Update-CadenzaCredential: rotates the keys of credentials. Emits each rotated credential, or one error that tells whether it was rotated.
/// </summary>
[Cmdlet(
    VerbsData.Update, "CadenzaCredential",
    SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpUris.UpdateCadenzaCredential)]
[OutputType(typeof(CadenzaCredential))]
public sealed class UpdateCadenzaCredential : ChangeCmdlet
{
    private KeySource _keySource = null!;

    /// <summary>The id of the credential.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [CredentialIdTransformation]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string? CredentialId { get; set; }

    /// <summary>The new key as the user name and the new secret as the password.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public PSCredential? ApiCredential { get; set; }

    /// <summary>The new API key: a SecureString, or a string, which is wrapped.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SecretTransformation]
    public SecureString? ApiKey { get; set; }

    /// <summary>The new API secret: a SecureString, or a string, which is wrapped.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SecretTransformation]
    public SecureString? ApiSecret { get; set; }

    /// <summary>The new passphrase, where the venue has one (OKX): a SecureString, or a string, which is wrapped.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SecretTransformation]
    public SecureString? ApiPassphrase { get; set; }

    private protected override ChangeKind Kind => ChangeKind.Rotate;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Later they are bound from the pipeline as well.
        _keySource = new KeySource(ApiCredential is not null || ApiKey is not null || ApiSecret is not null);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        CredentialReference item = ReadItems([CredentialId])[0];
        SecureString? credentialKey = ApiCredential is null ? null : SecretText.Wrap(ApiCredential.UserName.AsSpan());
        (ApiKeySet? keys, string? fault) = ApiKeyInput.Combine(credentialKey, ApiCredential?.Password, ApiKey, ApiSecret, ApiPassphrase);
        if (FindSourceFault(item.CredentialId) is string sourceFault)
        {
            (keys, fault) = (null, sourceFault);
        }

        if (keys is null)
        {
            Run(() => Runner.Refuse(ChangeErrors.ForChangeInput(Kind, CadenzaErrorKind.InvalidKeys, item, fault!)));
            return;
        }

        Change(new RotateRequest(item, keys));
    }

    /// <summary>Keys of the command line belong to one credential, and do not mix with keys that a row brings.</summary>
    private string? FindSourceFault(string? id)
    {
        if (!_keySource.HasExplicitKeys)
        {
            return null;
        }

        if (PipelineItem.HasMember(InputObject, nameof(ApiKey)) || PipelineItem.HasMember(InputObject, nameof(ApiSecret)))
        {
            return "keys were given on the command line and by the pipeline object.";
        }

        // An id that cannot be one is the runner's to refuse.
        return CredentialIdRules.Validate(id) is null ? _keySource.Validate(id!, Force) : null;
    }
}
