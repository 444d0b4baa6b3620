namespace Cadenza.Client.Errors;

/// <summary>What went wrong, in the words of the API's user. Each kind has one stable error id: see <see cref="ErrorKinds"/>.</summary>
public enum CadenzaErrorKind
{
    /// <summary>The answer is not what the API sends: HTML, empty, cut off, not JSON, or JSON of another shape.</summary>
    BadResponse,

    /// <summary>One element of a list cannot be read; the others can.</summary>
    BadRow,

    /// <summary>No connection to the server: refused, no such host, or lost on the way.</summary>
    ConnectionFailed,

    /// <summary>The server's certificate was not accepted, or no secure connection could be agreed on.</summary>
    CertificateRejected,

    /// <summary>No answer came in time, or the server itself reports a timeout.</summary>
    Timeout,

    /// <summary>The server answered with a redirect, which is never followed.</summary>
    Redirected,

    /// <summary>There is no such endpoint at the base address.</summary>
    EndpointNotFound,

    /// <summary>The access token was not accepted (HTTP 401, errno -19002 and the -26xxx family).</summary>
    Unauthorized,

    /// <summary>The email or password was not accepted (errno -100001).</summary>
    LoginRejected,

    /// <summary>The session ended and could not be renewed (errno -100003).</summary>
    SessionExpired,

    /// <summary>The signed-in user may not do this to this credential (HTTP 403, errno -22018).</summary>
    AccessDenied,

    /// <summary>There is no such credential (HTTP 404, errno -22016).</summary>
    CredentialNotFound,

    /// <summary>The credential was revoked before (errno -130001).</summary>
    AlreadyRevoked,

    /// <summary>The credential is in use by active trading accounts (HTTP 409).</summary>
    CredentialInUse,

    /// <summary>Something of that name exists (errno -22017).</summary>
    AlreadyExists,

    /// <summary>The request was refused as invalid (HTTP 400, errno -19001, -19004, -19005, -22015).</summary>
    InvalidRequest,

    /// <summary>The exchange did not accept the API key (errno -22006, -18022).</summary>
    InvalidApiKey,

    /// <summary>Too many requests (HTTP 429, errno -18011).</summary>
    RateLimited,

    /// <summary>The service, or a proxy before it, cannot serve now (HTTP 502, 503, 504, errno -19006, -22014).</summary>
    ServiceUnavailable,

    /// <summary>The server failed while it served the request (other HTTP 5xx, errno -22000).</summary>
    ServerError,

    /// <summary>The server refused for a reason of its own (any other errno or HTTP 4xx).</summary>
    Refused,

    /// <summary>There is no connection and the environment variables for one are not set.</summary>
    NotConnected,

    /// <summary>The parameters of a connection are wrong or contradict each other. Nothing was sent.</summary>
    InvalidConnection,

    /// <summary>Parameters are null or contradict each other. Nothing was sent.</summary>
    InvalidParameter,

    /// <summary>A question had to be asked and nobody can be asked, as under -NonInteractive. Nothing was sent.</summary>
    ConfirmationImpossible,

    /// <summary>A credential's id is empty or cannot be one. Nothing was sent.</summary>
    InvalidCredentialId,

    /// <summary>A credential to create has no venue. Nothing was sent.</summary>
    InvalidNewCredential,

    /// <summary>The new keys are incomplete or contradict each other. Nothing was sent.</summary>
    InvalidKeys,

    /// <summary>A file cannot be written, or may not be replaced. What was there before is untouched.</summary>
    FileNotWritten,

    /// <summary>The journal cannot be read or written, or the file is none. Without it nothing is sent.</summary>
    JournalUnusable,

    /// <summary>Another run with the same journal is at this item. Nothing was sent for it.</summary>
    JournalBusy,
}
