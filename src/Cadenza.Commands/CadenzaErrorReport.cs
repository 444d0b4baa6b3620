using Cadenza.Client.Errors;
using Cadenza.Client.Text;

namespace Cadenza.Commands;

/// <summary>An error as the caller gets it: one per item, with a stable id.</summary>
internal sealed class CadenzaErrorReport
{
    private readonly bool _isForOneItem;

    internal CadenzaErrorReport(CadenzaErrorKind kind, string message, string? target, CadenzaException exception)
    {
        Kind = kind;
        Message = UriText.RemoveUserInfo(message);
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

    /// <summary>What the error is about, such as the id of the credential; null for nothing in particular.</summary>
    public string? Target { get; }

    /// <summary>Whether every other item would fail in the same way.</summary>
    public bool FailsEveryItem => IsForAllItems || (!_isForOneItem && ErrorKinds.FailsEveryItem(Kind));

    /// <summary>Whether the error ends the command although its kind alone does not.</summary>
    internal bool IsForAllItems { get; init; }

    /// <summary>The cause and the outcome. An ApiException also has the HTTP status and the errno.</summary>
    public CadenzaException Exception { get; }

    /// <summary>Returns the same error with a sentence added to its message.</summary>
    internal CadenzaErrorReport WithSentence(string sentence) => new(Kind, $"{Message} {sentence}", Target, Exception);

    /// <summary>Returns the same error for one item only, so that the command continues with the other items.</summary>
    internal CadenzaErrorReport ForOneItem() => new(this);
}
