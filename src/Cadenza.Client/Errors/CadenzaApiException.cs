using System;
using Cadenza.Client.Http;

namespace Cadenza.Client.Errors;

/// <summary>A call to the Cadenza API that did not end in a usable answer. Holds neither bodies nor secrets.</summary>
public sealed class CadenzaApiException : Exception
{
    /// <summary>Creates the exception; <paramref name="message"/> must be fit for a terminal.</summary>
    public CadenzaApiException(CadenzaErrorKind kind, RequestOutcome outcome, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        Outcome = outcome;
    }

    /// <summary>What went wrong.</summary>
    public CadenzaErrorKind Kind { get; }

    /// <summary>What is known of the request's effect.</summary>
    public RequestOutcome Outcome { get; }

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
    internal CadenzaApiException Conclude(int attempts, bool isAfterLostAttempt)
    {
        bool hidesLostAttempt = isAfterLostAttempt && (Outcome is RequestOutcome.Rejected or RequestOutcome.NotSent);
        string lost = hidesLostAttempt ? " The answer to an earlier attempt was lost." : "";
        string pause = RetryAfter > TimeSpan.Zero ? FormattableString.Invariant($" The server asks to wait {RetryAfter.Value.TotalSeconds:0} s.") : "";
        string count = attempts > 1 ? FormattableString.Invariant($" Gave up after {attempts} attempts.") : "";
        return Copy(hidesLostAttempt ? RequestOutcome.Unknown : Outcome, Message + lost + pause + count, attempts, isAfterLostAttempt);
    }

    /// <summary>The failure of a call that another one needed first: that one was never sent.</summary>
    internal CadenzaApiException AsNotSent() => Copy(RequestOutcome.NotSent, Message, Attempts, IsAfterLostAttempt);

    /// <summary>The failure of a change that an earlier run may have made.</summary>
    internal CadenzaApiException AfterEarlierRun() =>
        Copy(RequestOutcome.Unknown, Message + " An earlier run may have made the change.", Attempts, IsAfterLostAttempt);

    /// <summary>The same failure in other words.</summary>
    internal CadenzaApiException WithMessage(string message) => Copy(Outcome, message, Attempts, IsAfterLostAttempt);

    private CadenzaApiException Copy(RequestOutcome outcome, string message, int attempts, bool isAfterLostAttempt) =>
        new(Kind, outcome, message, InnerException)
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
