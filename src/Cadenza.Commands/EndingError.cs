using System.Threading;

namespace Cadenza.Commands;

/// <summary>
/// Errors of a command with several works in flight. One that ends the command is held back until all of them have told their outcome.
/// </summary>
internal sealed class EndingError(ICommandHost host)
{
    private CadenzaErrorReport? _held;

    /// <summary>Whether there is one that ends the command.</summary>
    public bool IsHeld => _held is not null;

    /// <summary>Gives an error out, or holds it back.</summary>
    public void Take(CadenzaErrorReport error)
    {
        if (!error.FailsEveryItem && !host.StopsAtFirstError)
        {
            host.Error(error);
        }
        else if (_held is null)
        {
            _held = error;
        }
        else if (host.StopsAtFirstError)
        {
            // There can be one error only, and it is not this one.
            host.Warn(error.Message);
        }
        else
        {
            host.Error(error.ForOneItem());
        }
    }

    /// <summary>Gives out the one that was held back, after which the command has ended if the caller's world ends commands so.</summary>
    public void GiveOut()
    {
        if (Interlocked.Exchange(ref _held, null) is CadenzaErrorReport error)
        {
            host.Error(error);
        }
    }

    /// <summary>The one that was held back and that nobody can be given any more.</summary>
    public string? TakeUnsaid() => Interlocked.Exchange(ref _held, null)?.Message;
}
