using System;
using Cadenza.Client.Errors;
using Cadenza.Client.Json;
using Cadenza.Client.Security;

namespace Cadenza.Client.Http;

/// <summary>Creates exceptions for failed responses. They contain neither bodies nor secrets.</summary>
internal static class ApiErrorFactory
{
    /// <summary>A response with the API's envelope that reports a failure.</summary>
    public static ApiException FromEnvelope(ApiResponse response, Envelope envelope)
    {
        if (!FailureClassifier.IsFromApi(response.Status, envelope.Errno, envelope.DetailsCode))
        {
            return Unreadable(response, "it has no errno of the API");
        }

        (CadenzaErrorKind kind, RequestOutcome outcome) =
            FailureClassifier.Classify(response.Request.Operation, response.Status, envelope.Errno);
        string? text = envelope.Error ?? envelope.DetailsCode;
        return Create(
            response, kind, outcome, text ?? Messages.Failure(kind), envelope.RequestId, envelope.Errno, text);
    }

    /// <summary>
    /// A response without the API's envelope. <paramref name="reason"/> is a clause, such as "it is empty".
    /// </summary>
    public static ApiException Unreadable(ApiResponse response, string reason)
    {
        (CadenzaErrorKind kind, RequestOutcome outcome) = FailureClassifier.ClassifyUnreadable(response.Status);

        // Proxies also send some statuses in their standard meaning. For the others, the unreadable body is the error.
        string text = kind switch
        {
            CadenzaErrorKind.EndpointNotFound => Messages.NoApi(reason),
            CadenzaErrorKind.RequestBlocked => Messages.Blocked(reason),
            CadenzaErrorKind.BadResponse or CadenzaErrorKind.ServiceUnavailable or CadenzaErrorKind.ServerError =>
                Messages.NotAnApiResponse(reason),
            _ => $"{Messages.Failure(kind)}. {Messages.NotAnApiResponse(reason)}",
        };
        if (kind is CadenzaErrorKind.ServiceUnavailable or CadenzaErrorKind.ServerError)
        {
            kind = CadenzaErrorKind.BadResponse;
        }

        return Create(response, kind, outcome, text, requestId: null, errno: null, serverMessage: null);
    }

    /// <summary>
    /// A truncated response. The outcome is unknown whatever its status, except for 429: the server rejects those
    /// requests before it processes them.
    /// </summary>
    public static ApiException TruncatedResponse(ApiResponse response) =>
        response.Status == 429
            ? Unreadable(response, Messages.IsTruncated)
            : Create(
                response,
                CadenzaErrorKind.BadResponse,
                RequestOutcome.Unknown,
                Messages.TruncatedResponse,
                requestId: null,
                errno: null,
                serverMessage: null);

    /// <summary>
    /// A response that reports success but does not contain the expected result. An operation that changes
    /// no credential has no effect that could be applied.
    /// </summary>
    public static ApiException SuccessButUnreadable(ApiResponse response, string reason) =>
        Create(
            response,
            CadenzaErrorKind.BadResponse,
            FailureClassifier.ClassifyUnreadableSuccess(response.Request.Operation),
            Messages.AppliedButUnreadable(reason),
            requestId: null,
            errno: null,
            serverMessage: null)
            .AsReportedSuccess();

    /// <summary>A redirect. Never followed, because the target would receive the token and the keys.</summary>
    public static ApiException Redirected(ApiResponse response)
    {
        Uri? target = response.Message.Headers.Location;
        string? host = target is { IsAbsoluteUri: true } ? FormatHost(target, response.Redactor) : null;
        (CadenzaErrorKind kind, RequestOutcome outcome) = FailureClassifier.ClassifyUnreadable(response.Status);
        return Create(
            response,
            kind,
            outcome,
            Messages.Redirected(host),
            requestId: null,
            errno: null,
            serverMessage: null);
    }

    /// <summary>A list that ended early after some elements were read.</summary>
    public static ApiException TruncatedList(ApiResponse response, long count, string elements, string reason) =>
        Create(
            response,
            CadenzaErrorKind.BadResponse,
            RequestOutcome.Unknown,
            Messages.TruncatedList(count, elements, reason),
            requestId: null,
            errno: null,
            serverMessage: null);

    /// <summary>A list of which a later page failed.</summary>
    public static ApiException TruncatedListBetweenPages(ApiException failure, long count, string elements) =>
        failure.WithMessage(Messages.TruncatedList(count, elements, failure.Message));

    /// <summary>An element of a list that cannot be read.</summary>
    public static ApiException BadRow(ApiResponse response, long position, string reason) =>
        new(
            CadenzaErrorKind.BadRow,
            RequestOutcome.Unknown,
            Messages.UnreadableElement(position, reason))
        {
            HttpStatus = response.Status,
            RequestId = response.RequestId,
            Position = position,
        };

    private static ApiException Create(
        ApiResponse response,
        CadenzaErrorKind kind,
        RequestOutcome outcome,
        string text,
        string? requestId,
        long? errno,
        string? serverMessage)
    {
        requestId ??= response.RequestId;
        string number = errno is null ? "" : FormattableString.Invariant($", errno {errno}");
        string request = requestId is null ? "" : ", request " + requestId;
        string message = FormattableString.Invariant($"{text.TrimEnd('.')} (HTTP {response.Status}{number}{request}).");
        return new ApiException(kind, outcome, message)
        {
            HttpStatus = response.Status,
            Errno = errno,
            ServerMessage = serverMessage,
            RequestId = requestId,
            RetryAfter = response.RetryAfter,
            Attempts = response.Attempt,
        };
    }

    private static string FormatHost(Uri target, SecretRedactor redactor) =>
        redactor.RedactMessage(target.IsDefaultPort ? target.Host : $"{target.Host}:{target.Port}") ?? "another host";
}
