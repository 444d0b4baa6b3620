namespace Cadenza.Sandbox;

/// <summary>How <see cref="SandboxFaultKind.RequestLimit"/> reports the limit in the headers of its answers.</summary>
public enum SandboxLimitForm
{
    /// <summary><c>RateLimit: "default";r=50;t=30</c> and <c>RateLimit-Policy: "default";q=60;w=60</c>, as in the IETF
    /// draft.</summary>
    RateLimit,

    /// <summary><c>RateLimit-Limit</c>, <c>RateLimit-Remaining</c> and <c>RateLimit-Reset</c>, in seconds.</summary>
    RateLimitFields,

    /// <summary><c>X-RateLimit-Limit</c>, <c>X-RateLimit-Remaining</c> and <c>X-RateLimit-Reset</c>, in
    /// seconds.</summary>
    XSeconds,

    /// <summary>Like <see cref="XSeconds"/>, but the reset is a Unix time in seconds.</summary>
    XUnixSeconds,

    /// <summary>Like <see cref="XSeconds"/>, but the reset is a Unix time in milliseconds.</summary>
    XUnixMilliseconds,

    /// <summary>No headers: only a 429 shows the limit.</summary>
    None,
}
