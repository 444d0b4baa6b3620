using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using Cadenza.Client.Errors;
using Cadenza.Commands;
using Cadenza.Commands.Changes;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Journal;
using CadenzaPS.Parameters;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets;

/// <summary>A cmdlet that needs a connection: the one given, else the runspace's, else one by environment variables.</summary>
public abstract class ConnectedCmdlet : CadenzaCmdlet
{
    /// <summary>The connection to use instead of the runspace's own, or its name.</summary>
    [Parameter]
    [ValidateNotNull]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public CadenzaConnection? Connection { get; set; }

    /// <summary>The connection in use.</summary>
    private protected CadenzaConnection CurrentConnection { get; private set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        (CadenzaConnection? connection, CadenzaErrorReport? error) = Connection is null ? RunspaceConnection.Find() : Check(Connection);
        if (error is not null)
        {
            Report(error);
        }

        CurrentConnection = connection!;
        ConnectionRunner.WarnIfTokenEnds(CurrentConnection, this);
    }

    private bool IsWhatIf => IsBound("WhatIf") ?? LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Whether PowerShell asks, or shows what it would do, for a change of this impact.</summary>
    private protected bool ShowsQuestionsOf(ConfirmImpact impact, bool force)
    {
        // With $ConfirmPreference at None, or above the impact, nobody is asked.
        bool asksByItself = !force
            && LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact preference)
            && preference != ConfirmImpact.None && preference <= impact;
        return IsWhatIf || (IsBound("Confirm") ?? asksByItself);
    }

    /// <summary>-Force skips the question only where it was not asked for by -Confirm and where nothing is merely to be shown.</summary>
    private protected bool ConfirmUnlessForced(bool force, string target, string action)
    {
        if (!force || IsBound("Confirm") is true || IsWhatIf)
        {
            return PromptHost(target, action);
        }

        WriteVerboseMessage($"Performing the operation \"{action}\" on target \"{target}\", without asking (-Force).");
        return true;
    }

    /// <summary>
    /// Lets go of a runner. A pipeline that was stopped takes no more output, but what was in flight then must not be passed over in
    /// silence: it goes to the host itself.
    /// </summary>
    private protected void EndRunner(ChangeRunner runner)
    {
        runner.Dispose();
        foreach (string sentence in runner.TakeUnreportedOutcomes())
        {
            try
            {
                Host?.UI?.WriteWarningLine("In flight when the pipeline ended: " + sentence);
            }
            catch (Exception e) when (e is HostException or NotImplementedException or InvalidOperationException)
            {
                // A host that shows nothing.
            }
        }
    }

    /// <summary>Opens the journal; null where there is none.</summary>
    private protected ChangeJournal? OpenJournal(string? path)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            return ChangeJournal.Open(FilePath.Resolve(this, path, nameof(ChangeCmdlet.JournalPath)), CurrentConnection);
        }
        catch (CadenzaException e)
        {
            Report(ErrorCatalog.ForFailure(e));
            throw;
        }
    }

    private bool PromptHost(string target, string action)
    {
        try
        {
            return ShouldProcess(target, action);
        }
        catch (PSInvalidOperationException)
        {
            // PowerShell's own words are that it cannot prompt, not what to do about it.
            Report(ErrorCatalog.ForInput(
                CadenzaErrorKind.ConfirmationImpossible,
                $"\"{action}\" on {target} has to be confirmed, and nobody can be asked here: PowerShell is not interactive (-NonInteractive). Nothing was sent."));
            throw;
        }
    }

    private bool? IsBound(string name) =>
        MyInvocation.BoundParameters.TryGetValue(name, out object? value) ? LanguagePrimitives.IsTrue(value) : null;

    private static (CadenzaConnection? Connection, CadenzaErrorReport? Error) Check(CadenzaConnection connection) =>
        connection.IsClosed
            ? (null, ErrorCatalog.ForInput(CadenzaErrorKind.NotConnected, $"The connection to {connection} was closed."))
            : (connection, null);
}
