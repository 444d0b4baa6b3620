using System;

namespace Cadenza.Client.Errors;

/// <summary>
/// Something failed, and what is known about its effect. Subclasses say where: a call to the API, an input, a journal. Holds neither bodies
/// nor secrets.
/// </summary>
public abstract class CadenzaException : Exception
{
    /// <summary>Creates the exception; <paramref name="message"/> must be fit for a terminal.</summary>
    protected CadenzaException(CadenzaErrorKind kind, RequestOutcome outcome, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        Outcome = outcome;
    }

    /// <summary>What went wrong.</summary>
    public CadenzaErrorKind Kind { get; }

    /// <summary>What is known about the effect.</summary>
    public RequestOutcome Outcome { get; }

    /// <summary>The same failure with another outcome and message.</summary>
    internal abstract CadenzaException With(RequestOutcome outcome, string message);
}
