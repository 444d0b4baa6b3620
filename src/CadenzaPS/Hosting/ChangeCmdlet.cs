using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;

namespace CadenzaPS.Hosting;

/// <summary>A cmdlet that changes credentials, one by one: everything but its parameters and its words.</summary>
public abstract class ChangeCmdlet : CredentialCmdlet
{
    private ChangeRunner? _runner;

    /// <summary>Does not ask. Never overrides -WhatIf.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>How the change is spoken of.</summary>
    private protected abstract ChangeWords Words { get; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _runner = new ChangeRunner(CurrentConnection, this, Words);
    }

    private protected void Change(ChangeItem item, Func<CadenzaClient, string, CancellationToken, Task<CadenzaCredential>> change) =>
        Run(() => _runner!.Process(item, change, StopToken));

    /// <inheritdoc/>
    protected override bool Ask(string target, string action) => AskUnlessForced(Force, target, action);
}
