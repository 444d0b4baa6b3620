using System;
using Cadenza.Client.Http;

namespace Cadenza.Commands.Connections;

/// <summary>The timeouts, the number of retries and the pace of the requests of a connection.</summary>
/// <param name="AttemptTimeout">The timeout of one attempt. The default is 30 seconds.</param>
/// <param name="RetryTimeout">
/// The timeout of all attempts of one call, including the delays between them. The default is 100 seconds.
/// </param>
/// <param name="MaxRetries">The maximum number of retries of a call that may be sent again. The default is 6.</param>
/// <param name="MaxPerMinute">The maximum number of requests per minute; null (default) for no limit.</param>
internal sealed record RequestTiming(
    TimeSpan AttemptTimeout, TimeSpan RetryTimeout, int MaxRetries, int? MaxPerMinute = null)
{
    /// <summary>The defaults.</summary>
    public static readonly RequestTiming Default = new(
        TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(100), CadenzaClientOptions.DefaultMaxRetries);
}
