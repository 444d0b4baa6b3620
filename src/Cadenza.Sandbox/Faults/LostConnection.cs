using System;
using System.IO;
using System.Net.Http;

namespace Cadenza.Sandbox.Faults;

/// <summary>The exceptions that a lost connection causes on a real network. None of them is the exception for a
/// connection that could not be made: here the request was always sent.</summary>
internal static class LostConnection
{
    private const string SendFailed = "An error occurred while sending the request.";
    private const string Ended = "The response ended prematurely.";
    private const string Refused = "The HTTP/2 server reset the stream. HTTP/2 error code 'REFUSED_STREAM' (0x7).";

    /// <summary>No byte of an answer arrived.</summary>
    public static HttpRequestException BeforeAnswer(SandboxFaultKind fault) =>
#if NET
        fault == SandboxFaultKind.RefusedStream
            ? new(HttpRequestError.HttpProtocolError, SendFailed, new HttpProtocolException(7, Refused, null))
            : new(
                HttpRequestError.ResponseEnded,
                SendFailed,
                new HttpIOException(HttpRequestError.ResponseEnded, Ended));
#else
        new(SendFailed, new IOException(fault == SandboxFaultKind.RefusedStream ? Refused : Ended));
#endif

    /// <summary>The body ended too early.</summary>
    public static IOException InBody(int missing)
    {
        string message = FormattableString.Invariant(
            $"The response ended prematurely, with at least {missing} additional bytes expected.");
#if NET
        return new HttpIOException(HttpRequestError.ResponseEnded, message);
#else
        return new IOException(message);
#endif
    }
}
