namespace Cadenza.Client.Errors;

/// <summary>An input that was refused before anything was sent for it: a parameter, a key, an id, a file.</summary>
public sealed class InputException : CadenzaException
{
    /// <summary>Creates the exception; <paramref name="message"/> must be fit for a terminal.</summary>
    public InputException(CadenzaErrorKind kind, string message)
        : base(kind, RequestOutcome.NotSent, message)
    {
    }

    private InputException(CadenzaErrorKind kind, RequestOutcome outcome, string message)
        : base(kind, outcome, message)
    {
    }

    internal override CadenzaException With(RequestOutcome outcome, string message) => new InputException(Kind, outcome, message);
}
