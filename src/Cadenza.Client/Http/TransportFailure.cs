using System;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Http;

/// <summary>Tells a request that provably never left from one that may have arrived.</summary>
internal static class TransportFailure
{
    private const string BrokenProtocol = "The server's answer breaks the HTTP protocol";

    /// <summary>
    /// Classifies what HttpClient threw. NotSent only for a refused or impossible connection, an unknown host and a failed TLS
    /// handshake; everything else may have reached the server.
    /// </summary>
    public static (CadenzaErrorKind Kind, RequestOutcome Outcome, string Text) Classify(Exception exception)
    {
#if NET
        if (exception is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } secure)
        {
            return Certificate(secure);
        }

        if (exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } unmade)
        {
            return (CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent, "No connection: " + Innermost(unmade));
        }

        // How SocketsHttpHandler reports its connect timeout; it has no other timeout here.
        if (exception is System.Threading.Tasks.TaskCanceledException { InnerException: TimeoutException })
        {
            return (CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent, "No connection: it could not be made in time");
        }

        if (exception is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse })
        {
            return (CadenzaErrorKind.BadResponse, RequestOutcome.Unknown, BrokenProtocol);
        }
#endif
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case AuthenticationException:
                case WebException { Status: WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure }:
                    return Certificate(e);
                case WebException { Status: WebExceptionStatus.ServerProtocolViolation or WebExceptionStatus.MessageLengthLimitExceeded }:
                    return (CadenzaErrorKind.BadResponse, RequestOutcome.Unknown, BrokenProtocol);
                case WebException { Status: WebExceptionStatus.ConnectFailure or WebExceptionStatus.NameResolutionFailure }:
                case SocketException
                {
                    SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain,
                }:
                    return (CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent, "No connection: " + Innermost(e));
            }
        }

        return (CadenzaErrorKind.ConnectionFailed, RequestOutcome.Unknown, "The connection was lost before the answer came: " + Innermost(exception));
    }

    /// <summary>A certificate that was not accepted, or no TLS at all: the platform tells them apart in its message only, which is English everywhere.</summary>
    private static (CadenzaErrorKind, RequestOutcome, string) Certificate(Exception exception)
    {
        string reason = Innermost(exception);
        return reason.IndexOf("certificate", StringComparison.OrdinalIgnoreCase) >= 0 || exception is WebException { Status: WebExceptionStatus.TrustFailure }
            ? (CadenzaErrorKind.CertificateRejected, RequestOutcome.NotSent, "No secure connection: " + reason)
            : (CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent, "No secure connection, perhaps the server does not speak TLS at this port: " + reason);
    }

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is not null)
        {
            exception = exception.InnerException;
        }

        return exception.Message.TrimEnd('.');
    }
}
