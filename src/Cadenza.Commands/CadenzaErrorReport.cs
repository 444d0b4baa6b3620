using Cadenza.Client.Errors;

namespace Cadenza.Commands;

/// <summary>An error as a person or a runbook gets it: one per item, with a stable id.</summary>
public sealed class CadenzaErrorReport
{
    private readonly bool _isForOneItem;

    internal CadenzaErrorReport(CadenzaErrorKind kind, string message, string? target, CadenzaException exception)
    {
        Kind = kind;
        Message = message;
        Target = target;
        Exception = exception;
    }

    private CadenzaErrorReport(CadenzaErrorReport other)
        : this(other.Kind, other.Message, other.Target, other.Exception) => _isForOneItem = true;

    /// <summary>What went wrong.</summary>
    public CadenzaErrorKind Kind { get; }

    /// <summary>The stable id, such as <c>CadenzaAlreadyRevoked</c>.</summary>
    public string Id => ErrorKinds.IdOf(Kind);

    /// <summary>What happened, to what, in one line.</summary>
    public string Message { get; }

    /// <summary>The credential's id, or null where the error is about none.</summary>
    public string? Target { get; }

    /// <summary>Whether every further item would fail the same way.</summary>
    public bool FailsEveryItem => !_isForOneItem && ErrorKinds.FailsEveryItem(Kind);

    /// <summary>The cause, with the outcome; an ApiException has HTTP status and errno.</summary>
    public CadenzaException Exception { get; }

    /// <summary>The same as the error of one item among others, after which the command goes on to tell of those.</summary>
    internal CadenzaErrorReport ForOneItem() => new(this);
}
