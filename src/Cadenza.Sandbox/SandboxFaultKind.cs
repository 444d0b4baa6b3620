namespace Cadenza.Sandbox;

/// <summary>What can go wrong with one request, as a client meets it in the field. Where a kind doesn't say whether the request takes
/// effect, <see cref="SandboxFaultRule.AfterChange"/> decides.</summary>
public enum SandboxFaultKind
{
    /// <summary>Everything is right, but late: <see cref="SandboxFaultRule.Delay"/> passes before the request takes effect, or after it
    /// with <see cref="SandboxFaultRule.AfterChange"/>. Combines with the next rule that fires.</summary>
    Delay,

    /// <summary>429 as JSON, errno -18011. Never takes effect.</summary>
    RateLimited,

    /// <summary>503 as JSON, errno -22014. Never takes effect.</summary>
    LockNotAcquired,

    /// <summary>500 as JSON, errno -22000.</summary>
    ServerErrorJson,

    /// <summary>500 as an HTML page.</summary>
    ServerErrorHtml,

    /// <summary>502 as a proxy's HTML page.</summary>
    BadGatewayHtml,

    /// <summary>502 without a body.</summary>
    BadGatewayEmpty,

    /// <summary>503 as JSON, errno -19006.</summary>
    ServiceUnavailableJson,

    /// <summary>503 as a proxy's HTML page.</summary>
    ServiceUnavailableHtml,

    /// <summary>504 as a proxy's HTML page.</summary>
    GatewayTimeoutHtml,

    /// <summary>504 as JSON, errno -18015.</summary>
    GatewayTimeoutJson,

    /// <summary>200 without a body.</summary>
    EmptyOk,

    /// <summary>204.</summary>
    NoContent,

    /// <summary>The right answer declares its whole length, but the connection is lost after half of it. Always takes effect.</summary>
    TruncatedBody,

    /// <summary>200, random bytes that claim to be JSON.</summary>
    Garbage,

    /// <summary>The right answer, said to be <c>text/plain</c>. Always takes effect.</summary>
    WrongContentType,

    /// <summary>200 as an HTML page.</summary>
    HtmlOk,

    /// <summary>302 to another host.</summary>
    Redirect,

    /// <summary>The connection is lost before the request takes effect; not a byte of an answer comes.</summary>
    ResetBefore,

    /// <summary>The request takes effect, then the connection is lost; not a byte of an answer comes.</summary>
    ResetAfter,

    /// <summary>No answer until the client gives up.</summary>
    NeverAnswer,

    /// <summary>The right answer, byte by byte with <see cref="SandboxFaultRule.Delay"/> between. Always takes effect.</summary>
    Drip,

    /// <summary>Headers and half of the right answer at once, then silence for ever. Always takes effect.</summary>
    DropMidway,
}
