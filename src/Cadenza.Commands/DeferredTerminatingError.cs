using System;
using System.Threading;

namespace Cadenza.Commands;

/// <summary>
/// Writes the errors of a command with several operations in flight. An error that ends the command is deferred until
/// the outcomes of all operations have been written.
/// </summary>
internal sealed class DeferredTerminatingError(ICommandRuntime runtime)
{
    private CadenzaErrorReport? _pending;

    /// <summary>Whether an error is pending that ends the command.</summary>
    public bool IsPending => _pending is not null;

    /// <summary>Writes an error, or defers it if it ends the command.</summary>
    public void Add(CadenzaErrorReport error)
    {
        if (!error.FailsEveryItem && !runtime.StopsAtFirstError)
        {
            runtime.WriteError(error);
        }
        else if (_pending is null)
        {
            _pending = error;
        }
        else if (runtime.StopsAtFirstError)
        {
            // Only the pending error can be written, because it stops the caller.
            runtime.WriteWarning(error.Message);
        }
        else
        {
            runtime.WriteError(error.ForOneItem());
        }
    }

    /// <summary>Writes the pending error. In PowerShell, this throws and ends the command.</summary>
    /// <param name="complete">Adds what is known when the command ends; null for nothing.</param>
    public void Throw(Func<CadenzaErrorReport, CadenzaErrorReport>? complete = null)
    {
        if (Interlocked.Exchange(ref _pending, null) is CadenzaErrorReport error)
        {
            runtime.WriteError(complete?.Invoke(error) ?? error);
        }
    }

    /// <summary>Returns the message of the pending error if the error can no longer be written.</summary>
    public string? TakeUnreported() => Interlocked.Exchange(ref _pending, null)?.Message;
}
