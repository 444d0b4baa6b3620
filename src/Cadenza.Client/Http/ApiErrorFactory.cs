using System;
using Cadenza.Client.Errors;
using Cadenza.Client.Json;
using Cadenza.Client.Security;

namespace Cadenza.Client.Http;

/// <summary>Turns an answer that is no success into the exception that says so, without a body and without a secret.</summary>
internal static class ApiErrorFactory
{
    /// <summary>An answer in the API's own form that says that the call failed.</summary>
    public static ApiException FromEnvelope(ApiResponse response, Envelope envelope)
    {
        (CadenzaErrorKind kind, RequestOutcome outcome) = Classify(response, envelope.Errno, isReadable: true);
        string? words = envelope.Error ?? envelope.DetailsCode;
        return Create(response, kind, outcome, words ?? DefaultWords(kind), envelope.RequestId, envelope.Errno, words);
    }

    /// <summary>An answer that is not in the API's form; <paramref name="reason"/> says what it is, as the rest of a sentence.</summary>
    public static ApiException Unreadable(ApiResponse response, string reason)
    {
        (CadenzaErrorKind kind, RequestOutcome outcome) = Classify(response, errno: null, isReadable: false);

        // Statuses that proxies and other programs send too mean what they say; for the rest, that it is unreadable is the news.
        string words = kind switch
        {
            CadenzaErrorKind.EndpointNotFound => $"There is no Cadenza API at this address: {reason}",
            CadenzaErrorKind.BadResponse or CadenzaErrorKind.ServiceUnavailable or CadenzaErrorKind.ServerError =>
                $"The answer is not one of the Cadenza API: {reason}",
            _ => $"{DefaultWords(kind)}; {reason}",
        };
        if (kind is CadenzaErrorKind.ServiceUnavailable or CadenzaErrorKind.ServerError)
        {
            kind = CadenzaErrorKind.BadResponse;
        }

        return Create(response, kind, outcome, words, requestId: null, errno: null, serverMessage: null);
    }

    /// <summary>
    /// An answer that broke off: what it would have said is unknown, whatever its status. Only too many requests are refused before
    /// anything is looked at.
    /// </summary>
    public static ApiException TruncatedResponse(ApiResponse response) =>
        response.Status == 429
            ? Unreadable(response, "it was cut off")
            : Create(
                response,
                CadenzaErrorKind.BadResponse,
                RequestOutcome.Unknown,
                "The answer was cut off",
                requestId: null,
                errno: null,
                serverMessage: null);

    /// <summary>An answer that says that the change was made, but does not show the result as it should.</summary>
    public static ApiException AppliedButUnreadable(ApiResponse response, string reason) =>
        Create(
            response,
            CadenzaErrorKind.BadResponse,
            RequestOutcome.Applied,
            $"The server says that it was done, but its answer cannot be used: {reason}",
            requestId: null,
            errno: null,
            serverMessage: null);

    /// <summary>A redirect: never followed, since the next host would be given the token and the keys.</summary>
    public static ApiException Redirected(ApiResponse response)
    {
        Uri? target = response.Message.Headers.Location;
        string host = target is { IsAbsoluteUri: true } ? $"to {ShowHost(target, response.Redactor)}" : "within the same host";
        (CadenzaErrorKind kind, RequestOutcome outcome) = Classify(response, errno: null, isReadable: false);
        return Create(
            response,
            kind,
            outcome,
            $"The server redirects {host}; redirects are not followed, since they would take secrets along",
            requestId: null,
            errno: null,
            serverMessage: null);
    }

    /// <summary>A list that broke off after some of it had been read.</summary>
    public static ApiException TruncatedList(ApiResponse response, long rows, string what, string reason) =>
        Create(
            response,
            CadenzaErrorKind.BadResponse,
            RequestOutcome.Unknown,
            FormattableString.Invariant($"The list is incomplete, it broke off after {rows} {what}: {reason}"),
            requestId: null,
            errno: null,
            serverMessage: null);

    /// <summary>A list of which a later page could not be had.</summary>
    public static ApiException TruncatedListBetweenPages(ApiException failure, long rows, string what) =>
        failure.WithMessage(FormattableString.Invariant($"The list is incomplete, it broke off after {rows} {what}: {failure.Message}"));

    /// <summary>An element of a list that cannot be read.</summary>
    public static ApiException BadRow(ApiResponse response, long position, string reason) =>
        new(CadenzaErrorKind.BadRow, RequestOutcome.Unknown, FormattableString.Invariant($"Element {position} of the list cannot be read: {reason}."))
        {
            HttpStatus = response.Status,
            RequestId = response.RequestId,
            Position = position,
        };

    /// <summary>A call that carries no token cannot have been refused for its token: then it was the email or the password.</summary>
    private static (CadenzaErrorKind Kind, RequestOutcome Outcome) Classify(ApiResponse response, long? errno, bool isReadable)
    {
        (CadenzaErrorKind kind, RequestOutcome outcome) = FailureClassifier.Classify(response.Status, errno, isReadable);
        return (kind == CadenzaErrorKind.Unauthorized && !response.Request.NeedsToken ? CadenzaErrorKind.LoginRejected : kind, outcome);
    }

    private static ApiException Create(
        ApiResponse response, CadenzaErrorKind kind, RequestOutcome outcome, string words, string? requestId, long? errno, string? serverMessage)
    {
        requestId ??= response.RequestId;
        string number = errno is null ? "" : FormattableString.Invariant($", errno {errno}");
        string request = requestId is null ? "" : ", request " + requestId;
        string message = FormattableString.Invariant($"{words.TrimEnd('.')} (HTTP {response.Status}{number}{request}).");
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

    private static string ShowHost(Uri target, SecretRedactor redactor) =>
        redactor.RedactMessage(target.IsDefaultPort ? target.Host : $"{target.Host}:{target.Port}") ?? "another host";

    private static string DefaultWords(CadenzaErrorKind kind) => kind switch
    {
        CadenzaErrorKind.Unauthorized => "The access token was not accepted",
        CadenzaErrorKind.LoginRejected => "The email or password was not accepted",
        CadenzaErrorKind.SessionExpired => "The session has expired",
        CadenzaErrorKind.AccessDenied => "The signed-in user may not do this",
        CadenzaErrorKind.CredentialNotFound => "There is no such credential",
        CadenzaErrorKind.AlreadyRevoked => "The credential is already revoked",
        CadenzaErrorKind.CredentialInUse => "The credential is in use by active trading accounts",
        CadenzaErrorKind.AlreadyExists => "It exists already",
        CadenzaErrorKind.InvalidRequest => "The server refused the request as invalid",
        CadenzaErrorKind.InvalidApiKey => "The exchange did not accept the API key",
        CadenzaErrorKind.RateLimited => "Too many requests",
        CadenzaErrorKind.ServiceUnavailable => "The service is not available now",
        CadenzaErrorKind.Timeout => "The server reports a timeout",
        CadenzaErrorKind.ServerError => "The server failed",
        _ => "The server refused the request and did not say why",
    };
}
