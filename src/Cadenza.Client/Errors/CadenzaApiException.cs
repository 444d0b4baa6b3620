using System;

namespace Cadenza.Client;

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
}
