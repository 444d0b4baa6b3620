using System.Net;

namespace Cadenza.Sandbox.Http;

/// <summary>Every failure that the sandbox answers: the one table of status, errno and text.</summary>
internal static class ApiErrors
{
    private const HttpStatusCode TooManyRequests = (HttpStatusCode)429;

    public static readonly ApiError Unauthorized =
        new(HttpStatusCode.Unauthorized, -19002, "Unauthorized", "INVALID_TOKEN");

    public static readonly ApiError NoSuchPage = new(HttpStatusCode.NotFound, -19003, "No such page", "NOT_FOUND");

    public static readonly ApiError InvalidJson =
        new(HttpStatusCode.BadRequest, -19005, "Invalid JSON", "INVALID_JSON");

    public static readonly ApiError WrongLogin =
        new(HttpStatusCode.Unauthorized, -100001, "Invalid login credentials", "INVALID_CREDENTIALS");

    public static readonly ApiError InvalidRefreshToken =
        new(HttpStatusCode.Unauthorized, -100003, "Invalid refresh token", "INVALID_REFRESH_TOKEN");

    public static readonly ApiError LoginRateLimited =
        new(TooManyRequests, -26029, "Too many login attempts", "RATE_LIMITED") { IsTransient = true };

    // The published example of this failure has no details.
    public static readonly ApiError AlreadyRevoked =
        new(HttpStatusCode.BadRequest, -130001, "Credential is already revoked", code: null);

    // No errno is published for this 409; this one continues the series of the endpoint page.
    public static readonly ApiError AccountsActive =
        new(HttpStatusCode.Conflict, -130002, "Cannot revoke credential while trading accounts are active", "CONFLICT");

    public static readonly ApiError InUse =
        new(HttpStatusCode.Conflict, -22017, "Cannot revoke credential with active trading accounts", "CONFLICT");

    public static readonly ApiError CredentialRevoked = InvalidArgument("Credential is revoked");

    public static readonly ApiError CredentialNotFound =
        new(HttpStatusCode.NotFound, -22016, "Credential not found", "NOT_FOUND");

    public static readonly ApiError NicknameTaken =
        new(
            HttpStatusCode.Conflict,
            -22017,
            "A credential with this nickname already exists at this venue",
            "ALREADY_EXISTS");

    public static readonly ApiError NotOwner =
        new(
            HttpStatusCode.Forbidden,
            -22018,
            "Permission denied: the credential belongs to another user",
            "ACCESS_DENIED");

    public static readonly ApiError InvalidApiKey =
        new(HttpStatusCode.BadRequest, -22006, "Invalid API key", "INVALID_API_KEY");

    public static readonly ApiError RateLimited =
        new(TooManyRequests, -18011, "Rate limit exceeded", "RATE_LIMITED") { IsTransient = true };

    public static readonly ApiError RateConflict =
        new(HttpStatusCode.Conflict, -18011, "Rate limit exceeded", "RATE_LIMITED") { IsTransient = true };

    public static readonly ApiError TimedOut = new(HttpStatusCode.GatewayTimeout, -18015, "Request timeout", "TIMEOUT");

    public static readonly ApiError Unavailable =
        new(HttpStatusCode.ServiceUnavailable, -19006, "Service unavailable", "SERVICE_UNAVAILABLE")
        {
            IsTransient = true,
        };

    public static readonly ApiError Unknown =
        new(HttpStatusCode.InternalServerError, -22000, "Unknown error", "UNKNOWN");

    public static readonly ApiError LockNotAcquired = LockError(HttpStatusCode.ServiceUnavailable);

    public static readonly ApiError LockConflict = LockError(HttpStatusCode.Conflict);

    public static ApiError InvalidArgument(string message) =>
        new(HttpStatusCode.BadRequest, -22015, message, "INVALID_ARGUMENT");

    public static ApiError InvalidField(string message) =>
        new(HttpStatusCode.BadRequest, -19004, message, "VALIDATION_ERROR");

    public static ApiError WrongMethod(string allowed) =>
        new(HttpStatusCode.MethodNotAllowed, -19001, "Method not allowed", "METHOD_NOT_ALLOWED") { Allow = allowed };

    private static ApiError LockError(HttpStatusCode status) =>
        new(status, -22014, "Lock not acquired, retry after a short delay", "LOCK_NOT_ACQUIRED") { IsTransient = true };
}
