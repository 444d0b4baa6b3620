using System;

namespace Cadenza.Client.Errors;

/// <content>
/// Responses that report a failure or cannot be read. ApiErrorFactory adds the status and the period. Json and
/// ApiResponse have the clauses about what is wrong with a body, such as "it has no credentialId".
/// </content>
internal static partial class Messages
{
    public const string TruncatedResponse = "The response is truncated";

    /// <summary>A clause.</summary>
    public const string IsTruncated = "it is truncated";

    /// <summary>A clause.</summary>
    public const string IsOtherCredential = "it is about another credential";

    /// <summary>The credential of a verification is revoked.</summary>
    public const string Revoked = "The credential is revoked.";

    public const string AccountsUnavailable = "The accounts of the key are not available.";

    public const string NoAccounts = "The key gives access to no account.";

    /// <summary>The text for a failure without a text of the server.</summary>
    public static string Failure(CadenzaErrorKind kind) => kind switch
    {
        CadenzaErrorKind.Unauthorized => "The server did not accept the access token",
        CadenzaErrorKind.LoginRejected => "The server did not accept the email or password",
        CadenzaErrorKind.SessionExpired => "The session has expired",
        CadenzaErrorKind.AccessDenied => "The signed-in user does not have permission for this operation",
        CadenzaErrorKind.CredentialNotFound => "The credential does not exist",
        CadenzaErrorKind.AlreadyRevoked => "The credential is already revoked",
        CadenzaErrorKind.CredentialInUse => "The credential is in use by active trading accounts",
        CadenzaErrorKind.AlreadyExists => "An object with that name already exists",
        CadenzaErrorKind.InvalidRequest => "The server rejected the request as invalid",
        CadenzaErrorKind.InvalidApiKey => "The exchange did not accept the API key",
        CadenzaErrorKind.RateLimited => "Too many requests",
        CadenzaErrorKind.ServiceUnavailable => "The service is temporarily unavailable",
        CadenzaErrorKind.Timeout => "The server reports a timeout",
        CadenzaErrorKind.ServerError => "The server failed to process the request",
        _ => "The server rejected the request without a reason",
    };

    public static string NoApi(string reason) =>
        $"There is no Cadenza API at this address. The response is not valid: {reason}";

    public static string Blocked(string reason) =>
        "The request was rejected by a server between this computer and the Cadenza API, such as a firewall. "
        + $"The response is not from the API: {reason}";

    public static string NotAnApiResponse(string reason) =>
        $"The response is not a valid Cadenza API response: {reason}";

    public static string AppliedButUnreadable(string reason) =>
        $"The server reports success, but its response cannot be read: {reason}";

    /// <param name="host">The host of another server, or null for the same one.</param>
    public static string Redirected(string? host) =>
        $"The server redirects the request {(host is null ? "within the same host" : "to " + host)}. Redirects are "
        + "not followed, because the target would receive secrets";

    public static string KeyRejected(string status) =>
        $"The exchange does not accept the key: its status is {status}.";

    public static string KeyNotVerified(string status) =>
        $"The exchange has not verified the key yet: its status is {status}.";

    public static string StatusIsUnclear(string status) =>
        $"The status {status} does not show whether the exchange accepts the key.";
}
