using System.Threading;

namespace Cadenza.Commands;

/// <summary>
/// Errors of a command with several works in flight. One that ends the command is held back until all of them have told their outcome.
/// </summary>
internal sealed class DeferredTerminatingError(ICommandRuntime runtime)
{
    private CadenzaErrorReport? _pending;

    /// <summary>Whether there is one that ends the command.</summary>
    public bool IsPending => _pending is not null;

    /// <summary>Gives an error out, or holds it back.</summary>
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
            // There can be one error only, and it is not this one.
            runtime.WriteWarning(error.Message);
        }
        else
        {
            runtime.WriteError(error.ForOneItem());
        }
    }

    /// <summary>Gives out the one that was held back, after which the command has ended if the caller's world ends commands so.</summary>
    public void Throw()
    {
        if (Interlocked.Exchange(ref _pending, null) is CadenzaErrorReport error)
        {
            runtime.WriteError(error);
        }
    }

    /// <summary>The one that was held back and that nobody can be given any more.</summary>
    public string? TakeUnreported() => Interlocked.Exchange(ref _pending, null)?.Message;
}
