namespace Cadenza.Client.Http;

/// <summary>
/// Whether a request may be retried after its response was lost. A request that was not sent, or that the server
/// rejected temporarily (429, errno -18011 or -22014), may be retried whatever its class.
/// </summary>
internal enum RetryClass
{
    /// <summary>A read. May be retried.</summary>
    Safe,

    /// <summary>Sending it twice has the same effect as sending it once. May be retried.</summary>
    Idempotent,

    /// <summary>Sending it twice is harmful. Never retried if it may have reached the server.</summary>
    Once,
}
