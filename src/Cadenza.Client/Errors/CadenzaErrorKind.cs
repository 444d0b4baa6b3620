namespace Cadenza.Client.Errors;

/// <summary>The kinds of error. Each kind has one stable error id, see <see cref="ErrorKinds.IdOf"/>.</summary>
public enum CadenzaErrorKind
{
    /// <summary>The response is not one of the API: HTML, empty, truncated, not JSON, or unexpected JSON.</summary>
    BadResponse,

    /// <summary>One element of a list cannot be read.</summary>
    BadRow,

    /// <summary>The connection was refused or lost, or the host is unknown.</summary>
    ConnectionFailed,

    /// <summary>The server's certificate was rejected, or the TLS handshake failed.</summary>
    CertificateRejected,

    /// <summary>The response did not arrive in time, or the server reports a timeout.</summary>
    Timeout,

    /// <summary>The server responded with a redirect. Redirects are never followed.</summary>
    Redirected,

    /// <summary>The endpoint does not exist at the base address.</summary>
    EndpointNotFound,

    /// <summary>The server did not accept the access token (HTTP 401, errno -19002 and the -26xxx family).</summary>
    Unauthorized,

    /// <summary>The server did not accept the email or password (errno -100001).</summary>
    LoginRejected,

    /// <summary>The session ended and could not be renewed (errno -100003).</summary>
    SessionExpired,

    /// <summary>The signed-in user does not have permission for this operation (HTTP 403, errno -22018).</summary>
    AccessDenied,

    /// <summary>The credential does not exist (HTTP 404, errno -22016).</summary>
    CredentialNotFound,

    /// <summary>The credential is already revoked (errno -130001).</summary>
    AlreadyRevoked,

    /// <summary>The credential is in use by active trading accounts (HTTP 409 on a revoke).</summary>
    CredentialInUse,

    /// <summary>An object with that name already exists (errno -22017, HTTP 409 on a creation).</summary>
    AlreadyExists,

    /// <summary>The server rejected the request as invalid (HTTP 400, errno -19001, -19004, -19005, -22015).</summary>
    InvalidRequest,

    /// <summary>The exchange did not accept the API key (errno -22006, -18022).</summary>
    InvalidApiKey,

    /// <summary>Too many requests (HTTP 429, errno -18011).</summary>
    RateLimited,

    /// <summary>
    /// The service or a proxy in front of it is temporarily unavailable (HTTP 502, 503, 504, errno -19006, -22014).
    /// </summary>
    ServiceUnavailable,

    /// <summary>The server failed to process the request (other HTTP 5xx, errno -22000).</summary>
    ServerError,

    /// <summary>The server rejected the request for another reason (any other errno or HTTP 4xx).</summary>
    Refused,

    /// <summary>There is no connection and the environment variables for one are not set.</summary>
    NotConnected,

    /// <summary>Connection parameters are invalid or conflict with each other. Nothing was sent.</summary>
    InvalidConnection,

    /// <summary>Parameters are null or conflict with each other. Nothing was sent.</summary>
    InvalidParameter,

    /// <summary>
    /// The change needs confirmation, but the host cannot prompt, for example with -NonInteractive. Nothing was
    /// changed.
    /// </summary>
    ConfirmationImpossible,

    /// <summary>A credential id is empty or invalid. Nothing was sent.</summary>
    InvalidCredentialId,

    /// <summary>A credential to create has no venue. Nothing was sent.</summary>
    InvalidNewCredential,

    /// <summary>The new keys are incomplete or conflict with each other. Nothing was sent.</summary>
    InvalidKeys,

    /// <summary>A file cannot be written or must not be overwritten. An existing file is unchanged.</summary>
    FileNotWritten,

    /// <summary>
    /// The journal cannot be read or written, or the file is not a journal. Nothing is sent without it.
    /// </summary>
    JournalUnusable,

    /// <summary>Another run with the same journal is processing this item. Nothing was sent for it.</summary>
    JournalBusy,

    /// <summary>
    /// A server between this computer and the API, such as a firewall, rejected the request (HTTP 401, 403, 407, 451,
    /// 511 and other 4xx without the API's envelope).
    /// </summary>
    RequestBlocked,

    /// <summary>The proxy refused to connect to the API (HTTP 407, 403 and other 4xx). Nothing was sent.</summary>
    ProxyRefused,

    /// <summary>
    /// The server accepted the change, but within the timeout the credential did not show that it was made.
    /// </summary>
    NotCompleted,

    /// <summary>The credential of the input was read from another server. Nothing was sent for it.</summary>
    WrongServer,

    /// <summary>
    /// The credential differs from the input: its venue, nickname, status or time of last change. Nothing was sent.
    /// </summary>
    CredentialChanged,

    /// <summary>The credential could not be compared with the server. Nothing was sent for it.</summary>
    CheckFailed,

    /// <summary>An exception that the module does not handle. The message names its type.</summary>
    UnexpectedFailure,

    /// <summary>The input was validated first and has errors. Nothing was sent.</summary>
    ValidationFailed,

    /// <summary>More changes failed than the command allows. Nothing more was sent.</summary>
    TooManyFailures,

    /// <summary>
    /// The state file of a watch cannot be read or written, is damaged, or is of another server. It is unchanged.
    /// </summary>
    StateUnusable,

    /// <summary>A file that was written could not be opened with the default program.</summary>
    FileNotOpened,

    /// <summary>The change was made, but the exchange does not accept the new keys.</summary>
    NotVerified,

    /// <summary>The change was made, but it is not known yet whether the exchange accepts the new keys.</summary>
    VerificationPending,
}
