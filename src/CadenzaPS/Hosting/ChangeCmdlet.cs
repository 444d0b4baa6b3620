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

    /// <summary>-Force skips the question only where it was not asked for by -Confirm and where nothing is merely to be shown.</summary>
    protected override bool Ask(string target, string action)
    {
        bool wantsQuestion = IsBound("Confirm") is true;
        bool isWhatIf = IsBound("WhatIf") ?? LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
        if (!Force || wantsQuestion || isWhatIf)
        {
            return ShouldProcess(target, action);
        }

        WriteVerbose($"Performing the operation \"{action}\" on target \"{target}\", without asking (-Force).");
        return true;
    }

    private bool? IsBound(string name) =>
        MyInvocation.BoundParameters.TryGetValue(name, out object? value) ? LanguagePrimitives.IsTrue(value) : null;
}
