using System;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Text;
using Cadenza.Commands;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>The streams, prompts and preferences of a cmdlet, as the commands use them.</summary>
internal sealed class CmdletRuntime(PSCmdlet cmdlet) : ICommandRuntime
{
    /// <summary>The maximum number of credentials of one command that completion remembers.</summary>
    private const int MaxRemembered = 1_000;

    private ProgressMeter? _progress;
    private CredentialMemory? _memory;
    private int _remembered;

    /// <summary>The progress of the command, measured from the first use of this property.</summary>
    public ProgressMeter Progress => _progress ??= new ProgressMeter(cmdlet, cmdlet.MyInvocation.MyCommand.Name);

    /// <summary>How changes are confirmed; null to ask as PowerShell does by default.</summary>
    public ConfirmationPrompt? Prompt { get; set; }

    /// <summary>Converts each result before it is written; null to write results as they are.</summary>
    public Func<object, object>? Projection { get; set; }

    /// <summary>Converts each error before it is written; null to write errors as they are.</summary>
    public Func<CadenzaErrorReport, CadenzaErrorReport>? ErrorProjection { get; set; }

    /// <summary>Whether any error ends the command, not only one that would occur again for every item.</summary>
    public bool TerminatesOnAnyError { get; set; }

    public bool WantsTrace => cmdlet.WritesStream("Verbose") || WantsDetail;

    public bool WantsDetail => cmdlet.WritesStream("Debug");

    public bool ShowsQuestions => Prompt?.IsShown ?? false;

    public bool StopsAtFirstError => cmdlet.StopsOnError();

    /// <summary>Writes a result, remembers a credential for completion, and updates the progress.</summary>
    [MethodImpl(HotPath.Optimized)]
    public void WriteObject(object item)
    {
        // A list may be very long, and what is remembered is not freed.
        if (item is CadenzaCredential credential && _remembered++ < MaxRemembered)
        {
            (_memory ??= RunspaceMemory.Current).Add(credential);
        }

        cmdlet.WriteObject(Projection is null ? item : Projection(item));
        Progress.Count();
    }

    public void WriteError(CadenzaErrorReport error)
    {
        ErrorRecord record = ErrorRecords.From(ErrorProjection is null ? error : ErrorProjection(error));
        if (TerminatesOnAnyError || error.FailsEveryItem)
        {
            cmdlet.ThrowTerminatingError(record);
        }

        cmdlet.WriteError(record);
        Progress.Count();
    }

    /// <summary>
    /// Writes a warning. With -Debug and without -WarningAction, PowerShell stops and asks at each warning, and a
    /// runbook would end there, so it is a debug message then.
    /// </summary>
    public void WriteWarning(string message)
    {
        string text = UriText.RemoveUserInfo(message);
        if (cmdlet.IsBound("Debug") && !cmdlet.IsBound("WarningAction"))
        {
            cmdlet.WriteDebug("WARNING: " + text);
        }
        else
        {
            cmdlet.WriteWarning(text);
        }
    }

    /// <summary>
    /// Writes a verbose message. With -Debug and without -Verbose, PowerShell stops and asks at each verbose message,
    /// so it is a debug message then.
    /// </summary>
    public void WriteVerbose(string message)
    {
        if (cmdlet.IsBound("Debug") && !cmdlet.IsBound("Verbose"))
        {
            cmdlet.WriteDebug(message);
        }
        else
        {
            cmdlet.WriteVerbose(message);
        }
    }

    public void WriteDebug(string detail) => cmdlet.WriteDebug(detail);

    public void WriteTrace(RequestTrace trace)
    {
        WriteVerbose(trace.ToString());
        if (trace.Detail is not null)
        {
            WriteDebug(trace.Detail);
        }
    }

    public void SetProgressText(string? text) => Progress.Text = text;

    public void WriteProgress() => Progress.ShowIfDue();

    public bool ShouldProcess(string target, string action) =>
        Prompt?.Confirm(target, action) ?? cmdlet.ShouldProcess(target, action);
}
