using System;
using System.Management.Automation;
using System.Security;
using Cadenza.Client.Http;
using Cadenza.Client.Operations;
using Cadenza.Client.Security;
using Cadenza.Commands.Connections;
using CadenzaPS.Parameters;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>The base class of cmdlets that set API keys: the parameters for keys, and those of every change.</summary>
public abstract class ApiKeyCmdlet : CadenzaCmdlet
{
    private KeySource _keySource = null!;

    private protected ApiKeyCmdlet()
    {
    }

    /// <summary>The API key as the user name and the API secret as the password.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public PSCredential? ApiCredential { get; set; }

    /// <summary>The API key: a SecureString, or a string, which is converted to a SecureString.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SecretTransformation]
    public SecureString? ApiKey { get; set; }

    /// <summary>The API secret: a SecureString, or a string, which is converted to a SecureString.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SecretTransformation]
    public SecureString? ApiSecret { get; set; }

    /// <summary>
    /// The passphrase, if the venue requires one (OKX): a SecureString, or a string, which is converted.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SecretTransformation]
    public SecureString? ApiPassphrase { get; set; }

    /// <summary>The connection to use instead of the connection of the runspace, or its name.</summary>
    [Parameter]
    [ValidateNotNull]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public CadenzaConnection? Connection { get; set; }

    /// <summary>
    /// Does not prompt, and sets the keys of the command line on more than one credential. -WhatIf takes precedence.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// The file that records each change before it is sent and after it, so that an interrupted run can be resumed.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>The maximum number of changes that are in flight at the same time.</summary>
    [Parameter]
    [ValidateRange(1, Throttle.Max)]
    public int ThrottleLimit { get; set; } = Throttle.Default;

    /// <summary>The kind of change.</summary>
    private protected abstract ChangeKind Kind { get; }

    /// <summary>The changes of this command.</summary>
    private protected ChangeSession Changes { get; private set; } = null!;

    /// <summary>Whether the command line specifies keys.</summary>
    private protected bool HasExplicitKeys => _keySource.HasExplicitKeys;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        // Later, pipeline objects bind the same parameters.
        _keySource = new KeySource(ApiCredential is not null || ApiKey is not null || ApiSecret is not null);
        CadenzaConnection connection = RunspaceConnection.Select(Connection, Runtime);
        var options = new ChangeOptions(ConfirmImpact.Medium, Force, ThrottleLimit, JournalPath);
        Changes = DisposeAtEnd(new ChangeSession(this, connection, Kind, options));
    }

    /// <inheritdoc/>
    private protected override void End() => Changes.Complete();

    /// <summary>Returns the keys for a credential, or why there are none.</summary>
    /// <param name="identity">What distinguishes the credential from others; null if it cannot be identified.</param>
    private protected (ApiKeySet? Keys, string? Fault) ReadKeys(string? identity)
    {
        if (identity is not null && _keySource.Validate(identity, Force) is string fault)
        {
            return (null, fault);
        }

        SecureString? credentialKey = ApiCredential is null ? null : SecretText.Wrap(ApiCredential.UserName.AsSpan());
        return ApiKeyInput.Combine(credentialKey, ApiCredential?.Password, ApiKey, ApiSecret, ApiPassphrase);
    }
}
