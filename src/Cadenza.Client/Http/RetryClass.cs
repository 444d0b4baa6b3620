namespace Cadenza.Client.Http;

/// <summary>
/// What may be done with a request whose answer was lost. The retry policy reads it; every request states its own.
/// A request that provably never left, or that the server refused for now (429, errno -22014), may be sent again whatever its class.
/// </summary>
internal enum RetryClass
{
    /// <summary>Reads only: may be sent again.</summary>
    Safe,

    /// <summary>Sent twice ends in the same state as sent once: may be sent again.</summary>
    Idempotent,

    /// <summary>Sent twice does harm: never sent again once it may have arrived.</summary>
    Once,
}
