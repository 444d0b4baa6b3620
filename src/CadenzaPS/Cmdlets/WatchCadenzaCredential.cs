using System;
using System.Collections.Generic;
using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Commands;
using Cadenza.Commands.Watching;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Watch-CadenzaCredential: reads the list again and again, or once in each run, and writes one object for each change.
/// </summary>
[Cmdlet(VerbsCommon.Watch, "CadenzaCredential", HelpUri = HelpUris.WatchCadenzaCredential)]
[OutputType(typeof(CredentialEvent))]
public sealed class WatchCadenzaCredential : ConnectedCmdlet
{
    private RequestedIds _ids = null!;

    /// <summary>The ids of the credentials to watch. Default: all credentials.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [CredentialIdTransformation]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? CredentialId { get; set; }

    /// <summary>A credential, a row of a CSV file, a hashtable, or an id as a string.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Watches only credentials with one of these statuses before or after. Accepts wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [TextTransformation(AllowsMany = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? Status { get; set; }

    /// <summary>Watches only credentials whose status means one of these, before or after.</summary>
    [Parameter]
    [ValidateSet(
        CredentialHealth.Working,
        CredentialHealth.Waiting,
        CredentialHealth.Failed,
        CredentialHealth.Revoked,
        CredentialHealth.Other)]
    public string[]? Health { get; set; }

    /// <summary>Watches only credentials of one of these venues. Accepts wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [TextTransformation(AllowsMany = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? Venue { get; set; }

    /// <summary>Watches only credentials of one of these types. Accepts wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [TextTransformation(AllowsMany = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? CredentialType { get; set; }

    /// <summary>Watches only credentials with one of these nicknames before or after. Accepts wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [TextTransformation(AllowsMany = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? Nickname { get; set; }

    /// <summary>The time between two lists, in seconds.</summary>
    [Parameter]
    [ValidateRange(1d, 86_400d)]
    public double IntervalSec { get; set; } = 60;

    /// <summary>Ends the watch after the event for which this script block returns true. $_ is the event.</summary>
    [Parameter]
    public ScriptBlock? Until { get; set; }

    /// <summary>The time after which the watch ends, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.001d, 31_536_000d)]
    public double? TimeoutSec { get; set; }

    /// <summary>Compares with the state of the last run, and ends.</summary>
    [Parameter]
    public SwitchParameter Once { get; set; }

    /// <summary>The path of the file that keeps the state for the next run.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        RejectNull(nameof(Until), Until);
        RejectNull(nameof(TimeoutSec), TimeoutSec);
        if (Once && StatePath is null)
        {
            Report(CadenzaErrorKind.InvalidParameter, InputMessages.OnceWithoutState);
        }

        Status = TextValues.Resolve(this, nameof(Status), Status);
        Venue = TextValues.Resolve(this, nameof(Venue), Venue);
        CredentialType = TextValues.Resolve(this, nameof(CredentialType), CredentialType);
        Nickname = TextValues.Resolve(this, nameof(Nickname), Nickname);
        _ids = new RequestedIds(new CredentialInput(this, InputObject));
        base.Begin();
    }

    /// <inheritdoc/>
    private protected override void Process() => _ids.Read(CredentialId, InputObject, CurrentConnection);

    /// <inheritdoc/>
    private protected override void End()
    {
        if (_ids.IsNothing)
        {
            return;
        }

        Runtime.Progress.Total = null;
        Runtime.Progress.Text = Once ? null : InputMessages.Watching;
        var watcher = new CredentialWatcher(CurrentConnection.GetClient(), Runtime, new WatchOptions
        {
            Interval = TimeSpan.FromSeconds(IntervalSec),
            IsOnce = Once,
            Timeout = TimeoutSec is double seconds ? TimeSpan.FromSeconds(seconds) : null,
            CredentialIds = _ids.All,
            IsSelected = CreateSelection(),
            IsLast = IsLast,
            State = OpenState(),
        });
        watcher.Run(StopToken);
    }

    private StateFile? OpenState()
    {
        if (StatePath is null)
        {
            return null;
        }

        try
        {
            return new StateFile(FilePath.Resolve(this, StatePath, nameof(StatePath)));
        }
        catch (CadenzaException e)
        {
            Report(ErrorCatalog.ForFailure(e, StatePath));
            throw;
        }
    }

    private Func<CadenzaCredential, bool> CreateSelection()
    {
        var conditions = new CredentialConditions(Status, Venue, CredentialType, Health);
        var nicknames = new NicknamePatterns(Nickname ?? []);
        return credential => _ids.Contains(credential.CredentialId)
            && conditions.IsMatch(credential)
            && (Nickname is null || nicknames.IsMatch(credential.Nickname));
    }

    /// <summary>Runs -Until on the thread of the pipeline.</summary>
    private bool IsLast(CredentialEvent item) => Until is not null
        && LanguagePrimitives.IsTrue(Until.InvokeWithContext(null, [new PSVariable("_", item)]));
}
