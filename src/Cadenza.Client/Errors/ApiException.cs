using System;

namespace Cadenza.Client.Errors;

/// <summary>A call to the Cadenza API that did not end in a usable answer. Holds neither bodies nor secrets.</summary>
public sealed class ApiException : CadenzaException
{
    /// <summary>Creates the exception; <paramref name="message"/> must be fit for a terminal.</summary>
    public ApiException(CadenzaErrorKind kind, RequestOutcome outcome, string message, Exception? innerException = null)
        : base(kind, outcome, message, innerException)
    {
    }

    /// <summary>The HTTP status code; null where no answer came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The API's error number as sent (negative over HTTP); null where the answer held none.</summary>
    public long? Errno { get; init; }

    /// <summary>The server's own words, cleaned of control characters and cut; null where it sent none.</summary>
    public string? ServerMessage { get; init; }

    /// <summary>The id under which the operator of the server finds the request, from the body's details or a response header.</summary>
    public string? RequestId { get; init; }

    /// <summary>For <see cref="CadenzaErrorKind.BadRow"/>: which element of the list, counted from 1 over all pages.</summary>
    public long? Position { get; init; }

    /// <summary>How many attempts were made; 0 where nothing was sent.</summary>
    public int Attempts { get; init; }

    /// <summary>How long the server asked to wait before the next attempt; null where it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether an attempt before the last one was sent and its answer lost.</summary>
    internal bool IsAfterLostAttempt { get; private init; }

    /// <summary>
    /// The end of a request after its last attempt. What an earlier attempt did stays unknown even where the last one was refused.
    /// </summary>
    internal ApiException Conclude(int attempts, bool isAfterLostAttempt)
    {
        bool hidesLostAttempt = isAfterLostAttempt && (Outcome is RequestOutcome.Rejected or RequestOutcome.NotSent);
        string lost = hidesLostAttempt ? " The answer to an earlier attempt was lost." : "";
        string pause = RetryAfter > TimeSpan.Zero ? FormattableString.Invariant($" The server asks to wait {RetryAfter.Value.TotalSeconds:0} s.") : "";
        string count = attempts > 1 ? FormattableString.Invariant($" Gave up after {attempts} attempts.") : "";
        return Copy(Kind, hidesLostAttempt ? RequestOutcome.Unknown : Outcome, Message + lost + pause + count, attempts, isAfterLostAttempt);
    }

    /// <summary>The failure of a call that this one was a part of.</summary>
    internal ApiException As(CadenzaErrorKind kind, RequestOutcome outcome, string message) => Copy(kind, outcome, message, Attempts, IsAfterLostAttempt);

    internal override CadenzaException With(RequestOutcome outcome, string message) => Copy(Kind, outcome, message, Attempts, IsAfterLostAttempt);

    private ApiException Copy(CadenzaErrorKind kind, RequestOutcome outcome, string message, int attempts, bool isAfterLostAttempt) =>
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
        };
}
