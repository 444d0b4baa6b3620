using System.Net;

namespace Cadenza.Sandbox.Http;

/// <summary>Every failure that the sandbox answers, so that status, errno and words cannot drift apart.</summary>
internal static class ApiErrors
{
    public static readonly ApiError Unauthorized = new(HttpStatusCode.Unauthorized, -19002, "Unauthorized", "INVALID_TOKEN");

    public static readonly ApiError NoSuchPage = new(HttpStatusCode.NotFound, -19003, "No such page", "NOT_FOUND");

    public static readonly ApiError InvalidJson = new(HttpStatusCode.BadRequest, -19005, "Invalid JSON", "INVALID_JSON");

    public static readonly ApiError WrongLogin =
        new(HttpStatusCode.Unauthorized, -100001, "Invalid login credentials", "INVALID_CREDENTIALS");

    public static readonly ApiError InvalidRefreshToken =
        new(HttpStatusCode.Unauthorized, -100003, "Invalid refresh token", "INVALID_REFRESH_TOKEN");

    // The published example of this one has no details.
    public static readonly ApiError AlreadyRevoked = new(HttpStatusCode.BadRequest, -130001, "Credential is already revoked", code: null);

    // No published code is known for this 409; this one continues the endpoint page's series.
    public static readonly ApiError AccountsActive =
        new(HttpStatusCode.Conflict, -130002, "Cannot revoke credential while trading accounts are active", "CONFLICT");

    public static readonly ApiError CredentialRevoked = InvalidArgument("Credential is revoked");

    public static readonly ApiError CredentialNotFound = new(HttpStatusCode.NotFound, -22016, "Credential not found", "NOT_FOUND");

    public static readonly ApiError NicknameTaken =
        new(HttpStatusCode.Conflict, -22017, "A credential with this nickname already exists at this venue", "ALREADY_EXISTS");

    public static readonly ApiError NotYours =
        new(HttpStatusCode.Forbidden, -22018, "Permission denied: the credential belongs to another user", "ACCESS_DENIED");

    public static readonly ApiError InvalidApiKey = new(HttpStatusCode.BadRequest, -22006, "Invalid API key", "INVALID_API_KEY");

    public static readonly ApiError RateLimited = new((HttpStatusCode)429, -18011, "Rate limit exceeded", "RATE_LIMITED");

    public static readonly ApiError TimedOut = new(HttpStatusCode.GatewayTimeout, -18015, "Request timeout", "TIMEOUT");

    public static readonly ApiError Unavailable =
        new(HttpStatusCode.ServiceUnavailable, -19006, "Service unavailable", "SERVICE_UNAVAILABLE");

    public static readonly ApiError Unknown = new(HttpStatusCode.InternalServerError, -22000, "Unknown error", "UNKNOWN");

    public static readonly ApiError LockNotAcquired =
        new(HttpStatusCode.ServiceUnavailable, -22014, "Lock not acquired, retry after a short delay", "LOCK_NOT_ACQUIRED");

    public static ApiError InvalidArgument(string message) => new(HttpStatusCode.BadRequest, -22015, message, "INVALID_ARGUMENT");

    public static ApiError InvalidField(string message) => new(HttpStatusCode.BadRequest, -19004, message, "VALIDATION_ERROR");

    public static ApiError WrongMethod(string allowed) =>
        new(HttpStatusCode.MethodNotAllowed, -19001, "Method not allowed", "METHOD_NOT_ALLOWED") { Allow = allowed };
}
