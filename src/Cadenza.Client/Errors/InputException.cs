namespace Cadenza.Client.Errors;

/// <summary>A parameter, key, id or file is invalid. Nothing was sent.</summary>
public sealed class InputException : CadenzaException
{
    /// <summary>Creates the exception. Pass <paramref name="message"/> sanitized and redacted.</summary>
    internal InputException(CadenzaErrorKind kind, string message)
        : base(kind, RequestOutcome.NotSent, message)
    {
    }

    private InputException(CadenzaErrorKind kind, RequestOutcome outcome, string message)
        : base(kind, outcome, message)
    {
    }

    internal override CadenzaException With(RequestOutcome outcome, string message) =>
        new InputException(Kind, outcome, message);
}
