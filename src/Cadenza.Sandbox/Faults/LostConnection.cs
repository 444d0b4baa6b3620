using System;
using System.IO;
using System.Net.Http;

namespace Cadenza.Sandbox.Faults;

/// <summary>The exceptions that a lost connection gives a client of a real network. Never the one for a connection that could not be
/// made: here the request has always left.</summary>
internal static class LostConnection
{
    private const string NoAnswer = "An error occurred while sending the request.";
    private const string Ended = "The response ended prematurely.";

    /// <summary>No byte of an answer came.</summary>
    public static HttpRequestException BeforeAnswer() =>
#if NET
        new(HttpRequestError.ResponseEnded, NoAnswer, new HttpIOException(HttpRequestError.ResponseEnded, Ended));
#else
        new(NoAnswer, new IOException(Ended));
#endif

    /// <summary>The body broke off.</summary>
    public static IOException InBody(int missing)
    {
        var message = FormattableString.Invariant($"The response ended prematurely, with at least {missing} additional bytes expected.");
#if NET
        return new HttpIOException(HttpRequestError.ResponseEnded, message);
#else
        return new IOException(message);
#endif
    }
}
