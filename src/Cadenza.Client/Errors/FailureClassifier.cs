using System;

namespace Cadenza.Client.Errors;

/// <summary>
/// Maps the operation, the HTTP status and the errno of a failed response to an error kind and an outcome.
/// </summary>
internal static class FailureClassifier
{
    /// <summary>
    /// Classifies a failed response with the API's envelope: by the operation, then by the statuses that mean "try
    /// later", then by the errno, then by the status. An invalid exchange key (-18022) can come with HTTP 401.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="status">The HTTP status code.</param>
    /// <param name="errno">The API's error number, or null if the response has none.</param>
    public static (CadenzaErrorKind Kind, RequestOutcome Outcome) Classify(
        ApiOperation operation, int status, long? errno)
    {
        // errno is negative over HTTP and positive over WebSocket, with the same absolute value.
        long code = errno is null or long.MinValue ? 0 : Math.Abs(errno.Value);
        (CadenzaErrorKind, RequestOutcome) failure =
            FromTemporaryStatus(status, code) ?? FromErrno(code) ?? FromStatus(status);
        return ByOperation(operation, failure, status);
    }

    /// <summary>
    /// Whether the API wrote the envelope of a failure. Firewalls and proxies also send these statuses with JSON, but
    /// not with an errno of the API, which is negative or has at least five digits, nor with the code of its details.
    /// </summary>
    public static bool IsFromApi(int status, long? errno, string? detailsCode) =>
        !IsOfIntermediary(status) || errno is < 0 or >= 10_000 || !string.IsNullOrEmpty(detailsCode);

    /// <summary>The outcome of a success whose result cannot be read.</summary>
    public static RequestOutcome ClassifyUnreadableSuccess(ApiOperation operation) =>
        operation is ApiOperation.Create or ApiOperation.Rotate or ApiOperation.Revoke
            ? RequestOutcome.Applied
            : RequestOutcome.Unknown;

    /// <summary>
    /// Classifies a response without the API's envelope. The API did not write it, so the status does not describe the
    /// credential or the user: a server between the client and the API rejected the request.
    /// </summary>
    public static (CadenzaErrorKind Kind, RequestOutcome Outcome) ClassifyUnreadable(int status) => status switch
    {
        400 or 408 or 422 or 429 => FromStatus(status),
        404 or 405 => (CadenzaErrorKind.EndpointNotFound, RequestOutcome.Rejected),
        (>= 400 and <= 499) or 511 => (CadenzaErrorKind.RequestBlocked, RequestOutcome.Rejected),
        >= 200 and <= 299 => (CadenzaErrorKind.BadResponse, RequestOutcome.Unknown),
        _ => FromStatus(status),
    };

    /// <summary>Statuses of firewalls, proxies and networks that require a sign-in.</summary>
    private static bool IsOfIntermediary(int status) => status is 401 or 403 or 407 or 451 or 511;

    /// <summary>Too many requests and "unavailable" are temporary, whatever the errno says.</summary>
    private static (CadenzaErrorKind, RequestOutcome)? FromTemporaryStatus(int status, long code) => status switch
    {
        429 => (CadenzaErrorKind.RateLimited, RequestOutcome.Rejected),
        503 when code is not (18011 or 22014) => (CadenzaErrorKind.ServiceUnavailable, RequestOutcome.Unknown),
        _ => null,
    };

    /// <summary>Corrects what means something else for this operation.</summary>
    private static (CadenzaErrorKind, RequestOutcome) ByOperation(
        ApiOperation operation, (CadenzaErrorKind Kind, RequestOutcome Outcome) failure, int status) =>
        (operation, failure.Kind) switch
        {
            (ApiOperation.Login, CadenzaErrorKind.Unauthorized) => (CadenzaErrorKind.LoginRejected, failure.Outcome),
            (ApiOperation.Refresh, CadenzaErrorKind.Unauthorized or CadenzaErrorKind.LoginRejected) =>
                (CadenzaErrorKind.SessionExpired, failure.Outcome),

            // The API rejects a revoke with 409 while trading accounts are active, with one of several error numbers.
            (ApiOperation.Revoke, CadenzaErrorKind.AlreadyExists) =>
                (CadenzaErrorKind.CredentialInUse, RequestOutcome.Rejected),
            (ApiOperation.Revoke, CadenzaErrorKind.ServerError or CadenzaErrorKind.Refused) when status == 409 =>
                (CadenzaErrorKind.CredentialInUse, RequestOutcome.Rejected),
            (ApiOperation.Create, CadenzaErrorKind.Refused) when status == 409 =>
                (CadenzaErrorKind.AlreadyExists, RequestOutcome.Rejected),
            _ => failure,
        };

    private static (CadenzaErrorKind, RequestOutcome)? FromErrno(long code) => code switch
    {
        100001 => (CadenzaErrorKind.LoginRejected, RequestOutcome.Rejected),
        100003 => (CadenzaErrorKind.SessionExpired, RequestOutcome.Rejected),
        130001 => (CadenzaErrorKind.AlreadyRevoked, RequestOutcome.Rejected),
        18011 => (CadenzaErrorKind.RateLimited, RequestOutcome.Rejected),
        18015 => (CadenzaErrorKind.Timeout, RequestOutcome.Unknown),
        18022 or 22006 => (CadenzaErrorKind.InvalidApiKey, RequestOutcome.Rejected),
        19001 or 19004 or 19005 or 22015 => (CadenzaErrorKind.InvalidRequest, RequestOutcome.Rejected),
        19002 => (CadenzaErrorKind.Unauthorized, RequestOutcome.Rejected),
        19003 => (CadenzaErrorKind.EndpointNotFound, RequestOutcome.Rejected),
        19006 => (CadenzaErrorKind.ServiceUnavailable, RequestOutcome.Unknown),
        22000 => (CadenzaErrorKind.ServerError, RequestOutcome.Unknown),
        22014 => (CadenzaErrorKind.ServiceUnavailable, RequestOutcome.Rejected),
        22016 => (CadenzaErrorKind.CredentialNotFound, RequestOutcome.Rejected),
        22017 => (CadenzaErrorKind.AlreadyExists, RequestOutcome.Rejected),
        22018 => (CadenzaErrorKind.AccessDenied, RequestOutcome.Rejected),
        >= 26000 and <= 26999 => (CadenzaErrorKind.Unauthorized, RequestOutcome.Rejected),
        _ => null,
    };

    private static (CadenzaErrorKind, RequestOutcome) FromStatus(int status) => status switch
    {
        >= 200 and <= 299 => (CadenzaErrorKind.Refused, RequestOutcome.Rejected),

        // Some servers redirect with 303 (or 302, its predecessor) after they carried out a POST.
        302 or 303 => (CadenzaErrorKind.Redirected, RequestOutcome.Unknown),
        >= 300 and <= 399 => (CadenzaErrorKind.Redirected, RequestOutcome.Rejected),
        400 or 422 => (CadenzaErrorKind.InvalidRequest, RequestOutcome.Rejected),
        401 => (CadenzaErrorKind.Unauthorized, RequestOutcome.Rejected),
        403 => (CadenzaErrorKind.AccessDenied, RequestOutcome.Rejected),
        404 => (CadenzaErrorKind.CredentialNotFound, RequestOutcome.Rejected),
        405 => (CadenzaErrorKind.EndpointNotFound, RequestOutcome.Rejected),
        408 => (CadenzaErrorKind.Timeout, RequestOutcome.Unknown),
        429 => (CadenzaErrorKind.RateLimited, RequestOutcome.Rejected),
        >= 400 and <= 499 => (CadenzaErrorKind.Refused, RequestOutcome.Rejected),
        502 or 503 or 504 => (CadenzaErrorKind.ServiceUnavailable, RequestOutcome.Unknown),
        >= 500 and <= 599 => (CadenzaErrorKind.ServerError, RequestOutcome.Unknown),
        _ => (CadenzaErrorKind.BadResponse, RequestOutcome.Unknown),
    };
}
