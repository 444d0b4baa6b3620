using System;

namespace Cadenza.Client.Errors;

/// <summary>
/// Base class of all errors of this library. Subclasses represent API calls, input and journals. Contains neither
/// request or response bodies nor secrets.
/// </summary>
public abstract class CadenzaException : Exception
{
    /// <summary>Creates the exception. Pass <paramref name="message"/> sanitized and redacted.</summary>
    private protected CadenzaException(
        CadenzaErrorKind kind, RequestOutcome outcome, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        Outcome = outcome;
    }

    /// <summary>The kind of error.</summary>
    public CadenzaErrorKind Kind { get; }

    /// <summary>What is known about the effect of the request.</summary>
    public RequestOutcome Outcome { get; }

    /// <summary>Copies the exception with another outcome and message.</summary>
    internal abstract CadenzaException With(RequestOutcome outcome, string message);
}
