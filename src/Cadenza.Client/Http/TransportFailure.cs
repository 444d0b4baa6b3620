using System;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Http;

/// <summary>A transport failure, classified by whether the request may have reached the server.</summary>
/// <param name="Kind">The kind of error.</param>
/// <param name="Outcome">What is known about the effect of the request.</param>
/// <param name="Text">The message, without the period.</param>
internal readonly record struct TransportFailure(CadenzaErrorKind Kind, RequestOutcome Outcome, string Text)
{
    /// <summary>Classifies an exception from HttpClient.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="body">The request body, or null. If it was not started, nothing can have been carried out.</param>
    /// <param name="proxy">The proxy without user name and password, or null.</param>
    public static TransportFailure From(Exception exception, SecretContent? body, Uri? proxy)
    {
        if (body is { WasRefused: true })
        {
            return NotSent(Messages.RefusedRequest);
        }

        TransportFailure failure = Classify(exception, proxy);
        return body is { IsStarted: false } && failure.Outcome == RequestOutcome.Unknown
            ? NotSent(CannotConnect(proxy, Innermost(exception)))
            : failure;
    }

    /// <summary>
    /// Classifies by the exception only. A failed connection, an unknown host, a failed TLS handshake and a proxy that
    /// refuses the tunnel prove that nothing was sent.
    /// </summary>
    private static TransportFailure Classify(Exception exception, Uri? proxy)
    {
        if (IsOutOfSockets(exception))
        {
            return NotSent(Messages.TooManyConnections);
        }

#if NET
        if (FromRequestError(exception, proxy) is TransportFailure known)
        {
            return known;
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
                    return new(CadenzaErrorKind.BadResponse, RequestOutcome.Unknown, Messages.BrokenProtocol);
                case WebException
                {
                    Status: WebExceptionStatus.ConnectFailure or WebExceptionStatus.NameResolutionFailure
                        or WebExceptionStatus.ProxyNameResolutionFailure,
                }:
                    return NotSent(CannotConnect(proxy, Innermost(e)));
#endif
                case SocketException
                {
                    SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound
                        or SocketError.NoData or SocketError.TryAgain or SocketError.TooManyOpenSockets,
                }:
                    return NotSent(CannotConnect(proxy, Innermost(e)));
            }
        }

        return new(
            CadenzaErrorKind.ConnectionFailed,
            RequestOutcome.Unknown,
            Messages.ConnectionLost(Innermost(exception)));
    }

#if NET
    private static TransportFailure? FromRequestError(Exception exception, Uri? proxy) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } refused =>
            Tunnel(refused, proxy),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } secure =>
            Certificate(secure),
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError,
        } connection => NotSent(CannotConnect(proxy, Innermost(connection))),

        // SocketsHttpHandler's connect timeout. No other timeout of it is set.
        System.Threading.Tasks.TaskCanceledException { InnerException: TimeoutException } =>
            NotSent(CannotConnect(proxy, Messages.ConnectionTimedOut)),
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse,
        } => new TransportFailure(CadenzaErrorKind.BadResponse, RequestOutcome.Unknown, Messages.BrokenProtocol),
        _ => null,
    };

    /// <summary>
    /// The proxy refused the tunnel. Only the platform's message, which is always in English, has the status.
    /// </summary>
    private static TransportFailure Tunnel(HttpRequestException exception, Uri? proxy)
    {
        Match match = Regex.Match(
            exception.Message, "status code '(?<status>[0-9]{3})'", RegexOptions.None, TimeSpan.FromSeconds(1));
        string status = match.Success ? $" (HTTP {match.Groups["status"].Value})" : "";
        string text = Messages.ProxyRefused(Format(proxy) ?? "server", status);

        // A proxy that is overloaded or cannot reach the server may accept a later attempt.
        return status.StartsWith(" (HTTP 5", StringComparison.Ordinal)
            ? NotSent(text)
            : new TransportFailure(CadenzaErrorKind.ProxyRefused, RequestOutcome.NotSent, text);
    }
#endif

    private static TransportFailure NotSent(string text) =>
        new(CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent, text);

    private static string CannotConnect(Uri? proxy, string reason) =>
        Messages.CannotConnect(Format(proxy), reason);

    private static string? Format(Uri? proxy) => proxy?.GetLeftPart(UriPartial.Authority);

    /// <summary>
    /// A rejected certificate, or no TLS. Only the platform's message, which is always in English, tells them apart.
    /// </summary>
    private static TransportFailure Certificate(Exception exception)
    {
        string reason = Innermost(exception);
        return reason.IndexOf("certificate", StringComparison.OrdinalIgnoreCase) >= 0
#if !NET
            || exception is WebException { Status: WebExceptionStatus.TrustFailure }
#endif
            ? new(
                CadenzaErrorKind.CertificateRejected,
                RequestOutcome.NotSent,
                Messages.CertificateRejected(reason))
            : NotSent(Messages.NoTls(reason));
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
