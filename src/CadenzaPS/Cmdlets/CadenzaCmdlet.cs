using System;
using System.Management.Automation;
using System.Threading;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Commands;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets;

/// <summary>What every cmdlet of the module shares: PowerShell's streams as the commands' host, and cancellation.</summary>
public abstract class CadenzaCmdlet : PSCmdlet, ICommandRuntime, IDisposable
{
    /// <summary>How many credentials of one command are remembered for completion.</summary>
    private const int MaxRemembered = 1_000;

    // Made before the first record, so that Ctrl+C at any time finds it.
    private readonly CancellationTokenSource _stop = new();
    private ProgressMeter? _progress;
    private CredentialMemory? _memory;
    private int _remembered;

    bool ICommandRuntime.WantsTrace => IsOn("Verbose", "VerbosePreference") || IsOn("Debug", "DebugPreference");

    bool ICommandRuntime.ShowsQuestions => ShowsQuestions;

    bool ICommandRuntime.WantsDetail => IsOn("Debug", "DebugPreference");

    bool ICommandRuntime.StopsAtFirstError =>
        (MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? bound) ? bound : GetVariableValue("ErrorActionPreference")) is object action
        && string.Equals(action.ToString(), nameof(ActionPreference.Stop), StringComparison.OrdinalIgnoreCase);

    /// <summary>The progress of this command, from its first use on.</summary>
    private protected ProgressMeter Progress => _progress ??= new ProgressMeter(this, MyInvocation.MyCommand.Name);

    /// <summary>Whether a question, or what would be done, is shown to somebody.</summary>
    protected virtual bool ShowsQuestions => false;

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    protected CancellationToken StopToken => _stop.Token;

    void ICommandRuntime.WriteObject(object item) => WriteResult(item);

    /// <summary>Writes a result, remembers a credential for completion, and counts it for the progress bar.</summary>
    private protected void WriteResult(object item)
    {
        // Enough for completion: what is remembered cannot be freed, and a list may be very long.
        if (item is CadenzaCredential credential && _remembered++ < MaxRemembered)
        {
            (_memory ??= RunspaceMemory.Current).Add(credential);
        }

        Emit(item);
        Progress.Count();
    }

    void ICommandRuntime.WriteVerbose(string message) => WriteVerboseMessage(message);

    void ICommandRuntime.WriteWarning(string message) => WriteWarning(message);

    bool ICommandRuntime.ShouldProcess(string target, string action) => Confirm(target, action);

    void ICommandRuntime.WriteError(CadenzaErrorReport error) => Report(error);

    /// <summary>Writes an error; ends the command where <see cref="EndsCommand"/> says so.</summary>
    private protected void Report(CadenzaErrorReport error)
    {
        ErrorRecord record = ErrorRecords.From(error);
        if (EndsCommand(error))
        {
            ThrowTerminatingError(record);
        }

        WriteError(record);
        Progress.Count();
    }

    void ICommandRuntime.WriteProgress() => Progress.ShowIfDue();

    void ICommandRuntime.WriteDebug(string detail) => WriteDebug(detail);

    void ICommandRuntime.WriteTrace(RequestTrace trace)
    {
        WriteVerboseMessage(trace.ToString());
        if (trace.Detail is not null)
        {
            WriteDebug(trace.Detail);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether an error ends the command; by default where every further item would fail the same way.</summary>
    protected virtual bool EndsCommand(CadenzaErrorReport error) => error.FailsEveryItem;

    /// <summary>Gives out a result.</summary>
    protected virtual void Emit(object item) => WriteObject(item);

    /// <summary>Asks as PowerShell does; changing cmdlets with -Force refine it.</summary>
    protected virtual bool Confirm(string target, string action) => ShouldProcess(target, action);

    /// <inheritdoc/>
    protected override void EndProcessing() => _progress?.Finish();

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>
    /// Writes a verbose line. Under -Debug alone PowerShell stops at each verbose line to ask whether to go on, so it is a debug line then.
    /// </summary>
    private protected void WriteVerboseMessage(string message)
    {
        if (MyInvocation.BoundParameters.ContainsKey("Debug") && !MyInvocation.BoundParameters.ContainsKey("Verbose"))
        {
            WriteDebug(message);
        }
        else
        {
            WriteVerbose(message);
        }
    }

    /// <summary>Runs a command and ends the pipeline as PowerShell expects where the command was cancelled.</summary>
    protected void Run(Action command)
    {
        try
        {
            command();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    private bool IsOn(string parameter, string variable) =>
        MyInvocation.BoundParameters.TryGetValue(parameter, out object? bound)
            ? bound is SwitchParameter { IsPresent: true } or true
            : GetVariableValue(variable) is object preference
                && !string.Equals(preference.ToString(), nameof(ActionPreference.SilentlyContinue), StringComparison.OrdinalIgnoreCase)
                && !string.Equals(preference.ToString(), "Ignore", StringComparison.OrdinalIgnoreCase);
}
