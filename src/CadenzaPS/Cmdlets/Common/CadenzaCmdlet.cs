using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using Cadenza.Client.Errors;
using Cadenza.Commands;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>
/// The base class of all cmdlets: streams, cancellation and errors. A cmdlet overrides <see cref="Begin"/>,
/// <see cref="Process"/> and <see cref="End"/>, which correspond to the begin, process and end blocks of a function.
/// </summary>
public abstract class CadenzaCmdlet : PSCmdlet, IDisposable
{
    // Created with the cmdlet, so that Ctrl+C works at any time.
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _disposables = [];

    private protected CadenzaCmdlet() => Runtime = new CmdletRuntime(this);

    /// <summary>The streams and prompts of this cmdlet, as the commands use them.</summary>
    internal CmdletRuntime Runtime { get; }

    /// <summary>Canceled when the pipeline is stopped.</summary>
    internal CancellationToken StopToken => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposables.ForEach(static disposable => disposable.Dispose());
        _disposables.Clear();
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        this.HideSecretParameters();
        Run(static cmdlet => cmdlet.Begin());
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        // Each pipeline object binds them again.
        this.HideSecretParameters();
        Run(static cmdlet => cmdlet.Process());
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        Run(static cmdlet => cmdlet.End());
        Runtime.Progress.Finish();
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>Runs once, before the first pipeline object.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>Runs for each pipeline object, or once without pipeline input.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>Runs once, after the last pipeline object.</summary>
    private protected virtual void End()
    {
    }

    /// <summary>Writes an error. An error that would occur again for every item ends the command.</summary>
    internal void Report(CadenzaErrorReport error) => Runtime.WriteError(error);

    /// <summary>Writes an error about input that was rejected before anything was sent.</summary>
    internal void Report(CadenzaErrorKind kind, string message, string? target = null) =>
        Report(ErrorCatalog.ForInput(kind, message, target));

    /// <summary>
    /// Ends the command if a parameter was specified but its value is null, as with a variable that is not set.
    /// </summary>
    internal void RejectNull(
        string parameter, object? value, CadenzaErrorKind kind = CadenzaErrorKind.InvalidParameter)
    {
        if (value is null && this.IsBound(parameter))
        {
            Report(kind, InputMessages.NullValue(parameter));
        }
    }

    /// <summary>Disposes of an object together with the cmdlet.</summary>
    private protected T DisposeAtEnd<T>(T disposable)
        where T : IDisposable
    {
        _disposables.Add(disposable);
        return disposable;
    }

    /// <summary>PowerShell expects <see cref="PipelineStoppedException"/> from a cmdlet that was canceled.</summary>
    private void Run(Action<CadenzaCmdlet> step)
    {
        try
        {
            step(this);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
