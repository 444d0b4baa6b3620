namespace Cadenza.Sandbox;

/// <summary>What can go wrong with one request. If a kind does not say whether the request takes effect,
/// <see cref="SandboxFaultRule.AfterChange"/> decides. <c>Faults/FaultCatalog.cs</c> has one row for each
/// kind.</summary>
public enum SandboxFaultKind
{
    /// <summary>The correct answer, but late: <see cref="SandboxFaultRule.Delay"/> passes before the request takes
    /// effect, or after it with <see cref="SandboxFaultRule.AfterChange"/>. Combines with the next rule that
    /// applies.</summary>
    Delay,

    /// <summary>429 as JSON, errno -18011. Never takes effect.</summary>
    RateLimited,

    /// <summary>503 as JSON, errno -22014. Never takes effect.</summary>
    LockNotAcquired,

    /// <summary>500 as JSON, errno -22000.</summary>
    ServerErrorJson,

    /// <summary>500 as an HTML page.</summary>
    ServerErrorHtml,

    /// <summary>502 as the HTML page of a proxy.</summary>
    BadGatewayHtml,

    /// <summary>502 without a body.</summary>
    BadGatewayEmpty,

    /// <summary>503 as JSON, errno -19006.</summary>
    ServiceUnavailableJson,

    /// <summary>503 as the HTML page of a proxy.</summary>
    ServiceUnavailableHtml,

    /// <summary>504 as the HTML page of a proxy.</summary>
    GatewayTimeoutHtml,

    /// <summary>504 as JSON, errno -18015.</summary>
    GatewayTimeoutJson,

    /// <summary>200 without a body.</summary>
    EmptyOk,

    /// <summary>204.</summary>
    NoContent,

    /// <summary>The correct answer declares its whole length, but the connection is lost after half of it. Always takes
    /// effect.</summary>
    TruncatedBody,

    /// <summary>200 with random bytes, declared as JSON.</summary>
    Garbage,

    /// <summary>The correct answer, declared as <c>text/plain</c>. Always takes effect.</summary>
    WrongContentType,

    /// <summary>200 as an HTML page.</summary>
    HtmlOk,

    /// <summary>302 to another host.</summary>
    Redirect,

    /// <summary>The connection is lost before the request takes effect. No byte of an answer arrives.</summary>
    ResetBefore,

    /// <summary>The request takes effect, then the connection is lost. No byte of an answer arrives.</summary>
    ResetAfter,

    /// <summary>No answer until the client gives up.</summary>
    NeverAnswer,

    /// <summary>The correct answer, one byte at a time with <see cref="SandboxFaultRule.Delay"/> between two bytes.
    /// Always takes effect.</summary>
    Drip,

    /// <summary>Headers and half of the correct answer at once, then nothing more. Always takes effect.</summary>
    DropMidway,

    /// <summary>The stream is refused after its body was read: RST_STREAM with REFUSED_STREAM over HTTP/2, a lost
    /// connection over HTTP/1.1. Never takes effect.</summary>
    RefusedStream,

    /// <summary>403 as the HTML page of a firewall. Never takes effect.</summary>
    ForbiddenHtml,

    /// <summary>401 as the HTML page of a firewall. Never takes effect.</summary>
    UnauthorizedHtml,

    /// <summary>451 as the HTML page of a firewall. Never takes effect.</summary>
    LegalReasonsHtml,

    /// <summary>407 as the HTML page of a proxy, with <c>Proxy-Authenticate</c>. Never takes effect.</summary>
    ProxyAuthenticationHtml,

    /// <summary>401 as JSON, errno -19002, although the token is valid. Never takes effect.</summary>
    Unauthorized,

    /// <summary>The access token of the request expires, so this request and later ones with it are answered 401.
    /// The refresh token stays valid.</summary>
    TokenExpired,

    /// <summary>429 as JSON, errno -26029: too many logins. Never takes effect.</summary>
    LoginRateLimited,

    /// <summary>409 as JSON, errno -22014: lock not acquired. Never takes effect.</summary>
    LockConflict,

    /// <summary>409 as JSON, errno -18011: rate limit. Never takes effect.</summary>
    RateConflict,

    /// <summary>409 as JSON, errno -22017: trading accounts use the credential. Never takes effect.</summary>
    InUseConflict,

    /// <summary>400 as JSON, errno -22015, whose message quotes the secret of the request in the form
    /// <see cref="SandboxFaultRule.EchoForm"/>. Never takes effect.</summary>
    EchoSecret,

    /// <summary>Answered 202 with the credential as it was before. The change is done
    /// <see cref="SandboxFaultRule.CompleteAfter"/> later, at once with <see cref="SandboxFaultRule.AfterChange"/>,
    /// or never.</summary>
    Accepted,

    /// <summary>Like <see cref="Accepted"/>, but answered 200. <see cref="SandboxFaultRule.Status"/>, for example
    /// REVOKING, is the credential's status until the change is done.</summary>
    Unfinished,

    /// <summary>Like <see cref="Unfinished"/>, with the text "queued" as <c>error</c> beside
    /// <c>success: true</c>.</summary>
    QueuedNote,

    /// <summary>Like <see cref="Accepted"/>, but answered 201 with <c>data: null</c>.</summary>
    CreatedNull,

    /// <summary>The correct answer, but with the status <see cref="SandboxFaultRule.Status"/> (default: UNKNOWN) for
    /// every credential or trading account in it. A verify with it changes no status; other requests take
    /// effect.</summary>
    OtherStatus,

    /// <summary>200 with the id, venue and nickname of another credential. Always takes effect, on the credential of
    /// the request.</summary>
    OtherObject,

    /// <summary>A login, refresh or user answer that names another user. Always takes effect.</summary>
    OtherUser,

    /// <summary>A login or refresh answer without <c>expiresIn</c>, whose <c>expiresAt</c> and <c>Date</c> are of a
    /// clock that is <see cref="SandboxFaultRule.ClockBehind"/> behind. Always takes effect.</summary>
    ClockBehind,

    /// <summary>A body with a member that the dialect does not have is refused: 400, errno -19004. Any other request
    /// is answered correctly.</summary>
    StrictMembers,

    /// <summary>A credential type that the dialect does not have is refused: 400, errno -22015. Any other request is
    /// answered correctly.</summary>
    StrictTypes,

    /// <summary>The active trading accounts become LOCKED before the request is answered, and stay so. A list of
    /// trading accounts only.</summary>
    AccountsLocked,

    /// <summary>200, <c>success: true</c> and <c>data: null</c> with the errno -22016.5.</summary>
    FractionalErrno,

    /// <summary>200, <c>success: true</c> and <c>data: null</c> with an errno beyond 64 bits.</summary>
    HugeErrno,

    /// <summary>A credential list in pages of <see cref="SandboxFaultRule.Size"/>, by cursor.</summary>
    CursorPages,

    /// <summary>A credential list in pages of <see cref="SandboxFaultRule.Size"/>, by offset, cut after the filter: the
    /// pages move when a credential leaves the filter.</summary>
    OffsetPages,

    /// <summary>A credential list in pages by cursor that are cut before the filter, so that pages can be
    /// empty.</summary>
    UnfilteredPages,

    /// <summary>A credential list in pages by cursor, with an empty page (new cursor, <c>hasNext: true</c>) between two
    /// pages.</summary>
    EmptyPages,

    /// <summary>A credential list in pages by offset. After the page is answered, its first credential is deleted, as
    /// if by another user.</summary>
    RowsVanish,

    /// <summary>A credential list in pages by offset. After the page is answered, a new credential of another user
    /// appears at the start of the list.</summary>
    RowsAppear,

    /// <summary>A credential list in pages by offset. After the page is answered, its first credential moves to the end
    /// of the list.</summary>
    RowsMove,

    /// <summary>401 as JSON that a firewall wrote: <c>success: false</c> without an errno. Never takes
    /// effect.</summary>
    UnauthorizedJson,

    /// <summary>403 as JSON that a firewall wrote, whose errno is the text "403". Never takes effect.</summary>
    ForbiddenJson,

    /// <summary>511 as the HTML page of a network that requires a sign-in. Never takes effect.</summary>
    NetworkAuthenticationHtml,

    /// <summary>The correct answer, but with a number as <c>data</c>. Always takes effect.</summary>
    UnreadableData,

    /// <summary>Like <see cref="OffsetPages"/>, but without <c>total</c> and <c>hasNext</c>: a full page may be the
    /// last one.</summary>
    OffsetPagesWithoutTotal,

    /// <summary>The answers report a limit of <see cref="SandboxFaultRule.Size"/> requests (default: 60) in
    /// <see cref="SandboxFaultRule.Per"/>, in the headers of <see cref="SandboxFaultRule.LimitForm"/>. A request above
    /// the limit is answered 429 as JSON, errno -18011, and does not take effect. Combines with the next rule that
    /// applies.</summary>
    RequestLimit,
}
