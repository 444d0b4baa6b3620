using System.Management.Automation;
using System.Threading.Tasks;
using Cadenza.Client.Http;
using Cadenza.Client.Operations;
using Cadenza.Commands.Changes;

namespace CadenzaPS.Cmdlets;

/// <summary>A cmdlet that changes credentials: everything but its parameters.</summary>
public abstract class ChangeCmdlet : CredentialCmdlet
{
    /// <summary>Does not ask. Never overrides -WhatIf.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>How many changes are in flight at a time.</summary>
    [Parameter]
    [ValidateRange(1, Throttle.Max)]
    public int ThrottleLimit { get; set; } = Throttle.Default;

    /// <summary>The file where each change is written down before it is sent and after, and by which a run that broke off is taken up again.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>The kind of change.</summary>
    private protected abstract ChangeKind Kind { get; }

    /// <summary>What carries the changes out.</summary>
    private protected ChangeRunner Runner { get; private set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Runner = new ChangeRunner(CurrentConnection, this, Kind, ThrottleLimit, OpenJournal(JournalPath), StopToken);
    }

    private protected void Change(ChangeRequest request) => Run(() => Runner.Process(request));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Run(Runner.Complete);
        base.EndProcessing();
    }

    /// <inheritdoc/>
    protected override bool Confirm(string target, string action) => ConfirmUnlessForced(Force, target, action);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && Runner is not null)
        {
            EndRunner(Runner);
        }

        base.Dispose(disposing);
    }
}
