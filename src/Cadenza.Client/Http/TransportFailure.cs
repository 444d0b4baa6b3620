using System;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Http;

/// <summary>Classifies transport failures by whether the request may have reached the server.</summary>
internal static class TransportFailure
{
    private const string BrokenProtocol = "The server's response violates the HTTP protocol";

    /// <summary>
    /// Classifies an exception from HttpClient. Only a failed connection, an unknown host and a failed TLS handshake
    /// prove that nothing was sent.
    /// </summary>
    public static (CadenzaErrorKind Kind, RequestOutcome Outcome, string Text) Classify(Exception exception)
    {
        if (IsOutOfSockets(exception))
        {
            return (
                CadenzaErrorKind.ConnectionFailed,
                RequestOutcome.NotSent,
                "Cannot connect: this process has too many open files or connections");
        }

#if NET
        if (exception is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } secure)
        {
            return Certificate(secure);
        }

        if (exception is HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError,
            } connection)
        {
            return (
                CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent, "Cannot connect: " + Innermost(connection));
        }

        // SocketsHttpHandler's connect timeout. No other timeout of it is set.
        if (exception is System.Threading.Tasks.TaskCanceledException { InnerException: TimeoutException })
        {
            return (
                CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent, "Cannot connect: the connection timed out");
        }

        if (exception is HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse,
            })
        {
            return (CadenzaErrorKind.BadResponse, RequestOutcome.Unknown, BrokenProtocol);
        }
#endif
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case AuthenticationException:
                    return Certificate(e);
#if !NET
                // .NET throws no WebException here, and its assembly may fail to load without free file handles.
                case WebException
                {
                    Status: WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure,
                }:
                    return Certificate(e);
                case WebException
                {
                    Status: WebExceptionStatus.ServerProtocolViolation
                        or WebExceptionStatus.MessageLengthLimitExceeded,
                }:
                    return (CadenzaErrorKind.BadResponse, RequestOutcome.Unknown, BrokenProtocol);
                case WebException
                {
                    Status: WebExceptionStatus.ConnectFailure or WebExceptionStatus.NameResolutionFailure,
                }:
                    return (
                        CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent, "Cannot connect: " + Innermost(e));
#endif
                case SocketException
                {
                    SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound
                        or SocketError.NoData or SocketError.TryAgain,
                }:
                    return (
                        CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent, "Cannot connect: " + Innermost(e));
            }
        }

        return (
            CadenzaErrorKind.ConnectionFailed,
            RequestOutcome.Unknown,
            "The connection was lost before the response arrived: " + Innermost(exception));
    }

    /// <summary>
    /// A rejected certificate, or no TLS. Only the platform's message, which is always in English, tells them apart.
    /// </summary>
    private static (CadenzaErrorKind, RequestOutcome, string) Certificate(Exception exception)
    {
        string reason = Innermost(exception);
        return reason.IndexOf("certificate", StringComparison.OrdinalIgnoreCase) >= 0
#if !NET
            || exception is WebException { Status: WebExceptionStatus.TrustFailure }
#endif
            ? (
                CadenzaErrorKind.CertificateRejected,
                RequestOutcome.NotSent,
                "Cannot establish a secure connection: " + reason)
            : (
                CadenzaErrorKind.ConnectionFailed,
                RequestOutcome.NotSent,
                "Cannot establish a secure connection. The server may not use TLS on this port: " + reason);
    }

    /// <summary>Whether no socket could be opened, so that nothing was sent.</summary>
    private static bool IsOutOfSockets(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is SocketException { SocketErrorCode: SocketError.TooManyOpenSockets })
            {
                return true;
            }
        }

        return false;
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
