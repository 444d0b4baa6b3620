using System.Management.Automation;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Commands.Changes;
using Cadenza.Commands.Results;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Revoke-CadenzaCredential: revokes credentials permanently. Writes each revoked credential, or one error that says
/// whether it was revoked.
/// </summary>
[Cmdlet(
    VerbsSecurity.Revoke, "CadenzaCredential",
    SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, HelpUri = HelpUris.RevokeCadenzaCredential)]
[OutputType(typeof(CadenzaCredential), typeof(CredentialResult))]
public sealed class RevokeCadenzaCredential : ConnectedCmdlet
{
    private CredentialInput _input = null!;
    private ChangeSession _changes = null!;

    /// <summary>The ids of the credentials to revoke.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [CredentialIdTransformation]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? CredentialId { get; set; }

    /// <summary>A credential, a row of a CSV file, a hashtable, or an id as a string.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Does not prompt. -WhatIf takes precedence.</summary>
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

    /// <summary>Does not compare the credentials of the input with the server before they are revoked.</summary>
    [Parameter]
    public SwitchParameter SkipCheck { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _input = new CredentialInput(this, InputObject) { ComparesTimes = !SkipCheck, SkipsRepeated = true };
        base.Begin();
        RejectNull(nameof(MaximumFailure), MaximumFailure);
        var run = new ChangeRunOptions
        {
            ThrottleLimit = ThrottleLimit,
            SkipsCheck = SkipCheck,
            ValidatesFirst = ValidateFirst,
            MaximumFailures = MaximumFailure,
            MaxPerMinute = MaxPerMinute,
            CompletionTimeout = CompletionWait.Read(this, NoWait, WaitTimeoutSec),
            AsResults = AsResult,
            NamesAll = AsResult,
        };
        var options = new ChangeOptions(ConfirmImpact.High, Force, JournalPath, run);
        _changes = DisposeAtEnd(new ChangeSession(this, CurrentConnection, ChangeKind.Revoke, options));
        _input.ErrorSink = _changes.Refuse;
        _input.SkipSink = _changes.Skip;
        _input.ReportsEachItem = _changes.ReportsEachItem;
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (CredentialReference item in _input.Read(CredentialId, InputObject))
        {
            _changes.Process(item, new RevokeRequest(item));
        }
    }

    /// <inheritdoc/>
    private protected override void End() => _changes.Complete();
}
