using System.Management.Automation;
using System.Security;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Operations;
using Cadenza.Commands.Changes;
using Cadenza.Commands.Connections;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>
/// The base class of cmdlets that set API keys: the parameters for keys, and those of every change. Keys in pipeline
/// objects are read from InputObject and not bound by PowerShell, whose errors would contain the whole object.
/// </summary>
public abstract class ApiKeyCmdlet : CadenzaCmdlet
{
    private protected ApiKeyCmdlet()
    {
    }

    /// <summary>
    /// The API key as the user name and the API secret as the password, or a script block that returns them for each
    /// credential, which is $_.
    /// </summary>
    [Parameter]
    [LoginTransformation(AllowsScript = true)]
    public PSCredential? ApiCredential { get; set; }

    /// <summary>The API key: a SecureString, or a string, which is converted to a SecureString.</summary>
    [Parameter]
    [SecretTransformation]
    public SecureString? ApiKey { get; set; }

    /// <summary>The API secret: a SecureString, or a string, which is converted to a SecureString.</summary>
    [Parameter]
    [SecretTransformation]
    public SecureString? ApiSecret { get; set; }

    /// <summary>
    /// The passphrase, if the venue requires one (OKX): a SecureString, or a string, which is converted.
    /// </summary>
    [Parameter]
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

    /// <summary>The maximum number of requests per minute. They are spread evenly over the minute.</summary>
    [Parameter]
    [ValidateRange(1, Throttle.MaxPerMinute)]
    public int? MaxPerMinute { get; set; }

    /// <summary>Validates the whole input before the first change. If an item has an error, nothing is sent.</summary>
    [Parameter]
    public SwitchParameter ValidateFirst { get; set; }

    /// <summary>
    /// The number of items that may fail before nothing more is sent. Without it, any number of items may fail.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MaximumFailure { get; set; }

    /// <summary>Does not wait until a change that the server accepted is complete.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>How long to wait until a change that the server accepted is complete, in seconds.</summary>
    [Parameter]
    [ValidateRange(CompletionWait.MinSeconds, CompletionWait.MaxSeconds)]
    public double? WaitTimeoutSec { get; set; }

    /// <summary>Writes one result for each item of the input, whether it succeeded or not, and no errors.</summary>
    [Parameter]
    public SwitchParameter AsResult { get; set; }

    /// <summary>The kind of change.</summary>
    private protected abstract ChangeKind Kind { get; }

    /// <summary>Whether the credentials of the input are not compared with the server.</summary>
    private protected virtual bool SkipsCheck => false;

    /// <summary>Whether the exchange is asked after each change.</summary>
    private protected virtual bool Verifies => false;

    /// <summary>The changes of this command.</summary>
    private protected ChangeSession Changes { get; private set; } = null!;

    /// <summary>The keys for the items of this command.</summary>
    private protected KeyRows Keys { get; private set; } = null!;

    /// <summary>Whether the command line specifies keys.</summary>
    private protected bool HasExplicitKeys { get; private set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        KeyValues keys = new KeyValues(ApiCredential, ApiKey, ApiSecret, ApiPassphrase).WithLiterals(this);
        HasExplicitKeys = keys.IsAny;
        CadenzaConnection connection = RunspaceConnection.Select(Connection, Runtime);
        RejectNull(nameof(MaximumFailure), MaximumFailure);
        var run = new ChangeRunOptions
        {
            ThrottleLimit = ThrottleLimit,
            SkipsCheck = SkipsCheck,
            ValidatesFirst = ValidateFirst,
            MaximumFailures = MaximumFailure ?? (Verifies ? 0 : null),
            MaxPerMinute = MaxPerMinute,
            CompletionTimeout = CompletionWait.Read(this, NoWait, WaitTimeoutSec),
            AsResults = AsResult,
            Verifies = Verifies,

            // A row of a file with keys usually has only an id, but messages should name the credential.
            NamesAll = AsResult || Verifies || (MyInvocation.ExpectingInput && !keys.IsAny),
        };
        var options = new ChangeOptions(ConfirmImpact.Medium, Force, JournalPath, run);
        Changes = DisposeAtEnd(new ChangeSession(this, connection, Kind, options));
        bool isRehearsal = connection.Environment == "Sandbox" || connection.BaseUri.IsLoopback;
        Keys = DisposeAtEnd(new KeyRows(this, keys, Changes, Force, ValidateFirst, isRehearsal));
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        Keys.Complete();
        Changes.Complete();
    }

    /// <summary>Ends the command if a parameter is a script block that PowerShell would run for each object.</summary>
    private protected void RejectScriptBlock(string parameter)
    {
        if (this.IsScriptBlock(parameter))
        {
            Report(CadenzaErrorKind.InvalidParameter, InputMessages.ScriptBlock(parameter));
        }
    }
}
