using System;

namespace Cadenza.Client.Errors;

/// <summary>Maps the HTTP status and errno of a failed response to an error kind and an outcome.</summary>
internal static class FailureClassifier
{
    /// <summary>
    /// Classifies a failed response. The errno has precedence: an invalid exchange key (-18022) can come with HTTP 401.
    /// </summary>
    /// <param name="status">The HTTP status code.</param>
    /// <param name="errno">The API's error number, or null if the response has none.</param>
    /// <param name="isReadable">Whether the response has the API's envelope.</param>
    public static (CadenzaErrorKind Kind, RequestOutcome Outcome) Classify(int status, long? errno, bool isReadable)
    {
        // errno is negative over HTTP and positive over WebSocket, with the same absolute value.
        long code = errno is null or long.MinValue ? 0 : Math.Abs(errno.Value);
        if (status == 409 && code != 22017)
        {
            return (CadenzaErrorKind.CredentialInUse, RequestOutcome.Rejected);
        }

        return FromErrno(code) ?? FromStatus(status, isReadable);
    }

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

    private static (CadenzaErrorKind, RequestOutcome) FromStatus(int status, bool isReadable) => status switch
    {
        >= 200 and <= 299 when isReadable => (CadenzaErrorKind.Refused, RequestOutcome.Rejected),

        // Some servers redirect with 303 (or 302, its predecessor) after they carried out a POST.
        302 or 303 => (CadenzaErrorKind.Redirected, RequestOutcome.Unknown),
        >= 300 and <= 399 => (CadenzaErrorKind.Redirected, RequestOutcome.Rejected),
        400 or 422 => (CadenzaErrorKind.InvalidRequest, RequestOutcome.Rejected),
        401 => (CadenzaErrorKind.Unauthorized, RequestOutcome.Rejected),
        403 => (CadenzaErrorKind.AccessDenied, RequestOutcome.Rejected),

        // A 404 without the API's envelope comes from another server at that address.
        404 when isReadable => (CadenzaErrorKind.CredentialNotFound, RequestOutcome.Rejected),
        404 or 405 => (CadenzaErrorKind.EndpointNotFound, RequestOutcome.Rejected),
        408 => (CadenzaErrorKind.Timeout, RequestOutcome.Unknown),
        429 => (CadenzaErrorKind.RateLimited, RequestOutcome.Rejected),
        >= 400 and <= 499 => (CadenzaErrorKind.Refused, RequestOutcome.Rejected),
        502 or 503 or 504 => (CadenzaErrorKind.ServiceUnavailable, RequestOutcome.Unknown),
        >= 500 and <= 599 => (CadenzaErrorKind.ServerError, RequestOutcome.Unknown),
        _ => (CadenzaErrorKind.BadResponse, RequestOutcome.Unknown),
    };
}
