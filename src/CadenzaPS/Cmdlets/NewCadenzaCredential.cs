using System;
using System.Management.Automation;
using System.Security;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Security;
using Cadenza.Commands.Changes;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// New-CadenzaCredential: creates credentials. Emits each created credential, or one error that tells whether it was created. A creation
/// whose answer is lost is never sent twice: it is looked for by venue, nickname and time.
/// </summary>
[Cmdlet(
    VerbsCommon.New, "CadenzaCredential",
    SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpUris.NewCadenzaCredential)]
[OutputType(typeof(CadenzaCredential))]
public sealed class NewCadenzaCredential : ConnectedCmdlet
{
    private ChangeRunner? _runner;
    private KeySource _keySource = null!;

    /// <summary>The venue, such as OKX.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string? Venue { get; set; }

    /// <summary>The display name. Give one: only by it can a credential be found again whose creation's answer was lost.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string? Nickname { get; set; }

    /// <summary>The kind of credential.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string CredentialType { get; set; } = CredentialTypes.Default;

    /// <summary>The key as the user name and the secret as the password.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public PSCredential? ApiCredential { get; set; }

    /// <summary>The API key: a SecureString, or a string, which is wrapped.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SecretTransformation]
    public SecureString? ApiKey { get; set; }

    /// <summary>The API secret: a SecureString, or a string, which is wrapped.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SecretTransformation]
    public SecureString? ApiSecret { get; set; }

    /// <summary>The passphrase, where the venue has one (OKX): a SecureString, or a string, which is wrapped.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SecretTransformation]
    public SecureString? ApiPassphrase { get; set; }

    /// <summary>Does not ask, and sets keys of the command line on more than one credential. Never overrides -WhatIf.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The file where each creation is written down before it is sent and after, and by which a run that broke off is taken up again.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>How many creations are in flight at a time.</summary>
    [Parameter]
    [ValidateRange(1, Throttle.Max)]
    public int ThrottleLimit { get; set; } = Throttle.Default;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Later they are bound from the pipeline as well.
        _keySource = new KeySource(ApiCredential is not null || ApiKey is not null || ApiSecret is not null);
        HideSecrets();
        base.BeginProcessing();
        _runner = new ChangeRunner(CurrentConnection, this, ChangeKind.Create, ThrottleLimit, OpenJournal(JournalPath), StopToken);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        HideSecrets();
        var item = new CredentialReference(null, Venue, Nickname, string.IsNullOrWhiteSpace(Nickname) ? $"a credential for {Venue}" : $"{Venue} '{Nickname}'");
        if (string.IsNullOrWhiteSpace(Venue))
        {
            Refuse(CadenzaErrorKind.InvalidNewCredential, item with { Origin = string.IsNullOrWhiteSpace(Nickname) ? "a credential" : $"a credential '{Nickname}'" }, "it has no venue.");
            return;
        }

        SecureString? credentialKey = ApiCredential is null ? null : SecretText.Wrap(ApiCredential.UserName.AsSpan());
        (ApiKeySet? keys, string? fault) = ApiKeyInput.Combine(credentialKey, ApiCredential?.Password, ApiKey, ApiSecret, ApiPassphrase);
        fault ??= _keySource.Validate($"{Venue}\n{Nickname}", Force);
        if (fault is not null)
        {
            Refuse(CadenzaErrorKind.InvalidKeys, item, fault);
            return;
        }

        string type = string.IsNullOrWhiteSpace(CredentialType) ? CredentialTypes.Default : CredentialType;
        var wanted = new NewCredential(Venue!, keys!) { Nickname = string.IsNullOrWhiteSpace(Nickname) ? null : Nickname, CredentialType = type };
        Run(() => _runner!.Process(new CreateRequest(wanted)));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Run(_runner!.Complete);
        base.EndProcessing();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _runner is not null)
        {
            EndRunner(_runner);
        }

        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override bool Confirm(string target, string action) => ConfirmUnlessForced(Force, target, action);

    private void Refuse(CadenzaErrorKind kind, CredentialReference item, string fault) =>
        Run(() => _runner!.Refuse(ChangeErrors.ForChangeInput(ChangeKind.Create, kind, item, fault)));

    /// <summary>Its user name is the API key, and every record of this command carries the bound parameters along.</summary>
    private void HideSecrets() => MyInvocation.BoundParameters.Remove(nameof(ApiCredential));
}
