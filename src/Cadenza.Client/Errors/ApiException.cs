using System;

namespace Cadenza.Client.Errors;

/// <summary>A call to the Cadenza API failed. Contains neither request or response bodies nor secrets.</summary>
public sealed class ApiException : CadenzaException
{
    /// <summary>Creates the exception. Pass <paramref name="message"/> sanitized and redacted.</summary>
    internal ApiException(
        CadenzaErrorKind kind, RequestOutcome outcome, string message, Exception? innerException = null)
        : base(kind, outcome, message, innerException)
    {
    }

    /// <summary>The HTTP status code, or null if there was no response.</summary>
    public int? HttpStatus { get; internal init; }

    /// <summary>The API's error number as sent (negative over HTTP), or null if the response has none.</summary>
    public long? Errno { get; internal init; }

    /// <summary>The server's error message, sanitized, redacted and truncated, or null if it sent none.</summary>
    public string? ServerMessage { get; internal init; }

    /// <summary>
    /// The request id from the response body or a response header, or null. Quote it to the server's operator.
    /// </summary>
    public string? RequestId { get; internal init; }

    /// <summary>
    /// For <see cref="CadenzaErrorKind.BadRow"/>: the position of the list element, from 1, across all pages.
    /// </summary>
    public long? Position { get; internal init; }

    /// <summary>The number of attempts; 0 if nothing was sent.</summary>
    public int Attempts { get; internal init; }

    /// <summary>The delay that the server asked for before the next attempt (Retry-After), or null.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>Whether an attempt before the last one was sent and its response was lost.</summary>
    internal bool IsAfterLostAttempt { get; private init; }

    /// <summary>Whether the server reported success, so that the same request would get the same response.</summary>
    internal bool IsReportedSuccess { get; private init; }

    /// <summary>The same failure of a request that the server reported as successful.</summary>
    internal ApiException AsReportedSuccess() =>
        Copy(Kind, Outcome, Message, Attempts, IsAfterLostAttempt, isReportedSuccess: true);

    /// <summary>
    /// Adds what is known after the last attempt. If the response to an earlier attempt was lost, the outcome is
    /// unknown even if the server rejected the last attempt.
    /// </summary>
    internal ApiException Conclude(int attempts, bool isAfterLostAttempt)
    {
        bool hidesLostAttempt = isAfterLostAttempt && (Outcome is RequestOutcome.Rejected or RequestOutcome.NotSent);
        string lost = hidesLostAttempt ? " " + Messages.AfterLostAttempt : "";
        string delay = RetryAfter > TimeSpan.Zero
            ? " " + Messages.AskedForDelay(RetryAfter.Value)
            : "";
        string count = attempts > 1 ? " " + Messages.GaveUp(attempts) : "";
        return Copy(
            Kind,
            hidesLostAttempt ? RequestOutcome.Unknown : Outcome,
            Message + lost + delay + count,
            attempts,
            isAfterLostAttempt);
    }

    /// <summary>The failure of the call that depended on this one.</summary>
    internal ApiException As(CadenzaErrorKind kind, RequestOutcome outcome, string message) =>
        Copy(kind, outcome, message, Attempts, IsAfterLostAttempt);

    internal override CadenzaException With(RequestOutcome outcome, string message) =>
        Copy(Kind, outcome, message, Attempts, IsAfterLostAttempt);

    private ApiException Copy(
        CadenzaErrorKind kind,
        RequestOutcome outcome,
        string message,
        int attempts,
        bool isAfterLostAttempt,
        bool isReportedSuccess = false) =>
        new(kind, outcome, message, InnerException)
        {
            HttpStatus = HttpStatus,
            Errno = Errno,
            ServerMessage = ServerMessage,
            RequestId = RequestId,
            Position = Position,
            RetryAfter = RetryAfter,
            Attempts = attempts,
            IsAfterLostAttempt = isAfterLostAttempt,
            IsReportedSuccess = isReportedSuccess || IsReportedSuccess,
        };
}
