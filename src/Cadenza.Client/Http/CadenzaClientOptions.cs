using System;
using System.Net.Http;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Http;

/// <summary>Options of a <see cref="CadenzaClient"/>.</summary>
public sealed class CadenzaClientOptions
{
    /// <summary>
    /// The default of <see cref="MaxRetries"/>. With the backoff, the retries take about six seconds on average.
    /// </summary>
    public const int DefaultMaxRetries = 6;

    /// <summary>Creates options for a server.</summary>
    /// <param name="baseAddress">An https address, or http for loopback, without <c>/api/v3</c>.</param>
    /// <exception cref="ArgumentException">The address is not valid, see <see cref="BaseAddressRules"/>.</exception>
    public CadenzaClientOptions(Uri baseAddress)
    {
        if (BaseAddressRules.Validate(baseAddress) is string fault)
        {
            throw new ArgumentException(Messages.UnusableAddress(fault), nameof(baseAddress));
        }

        BaseAddress = BaseAddressRules.Normalize(baseAddress);
    }

    /// <summary>The base address, ending in a slash.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The timeout of one attempt, from connecting to the end of the response. Default: 30 seconds.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The timeout of all attempts of one call and the delays between them. Default: 100 seconds.</summary>
    public TimeSpan RetryTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The maximum number of retries of one call. Default: 6.</summary>
    public int MaxRetries { get; init; } = DefaultMaxRetries;

    /// <summary>
    /// The maximum number of requests per minute, spread evenly; null (default) for no limit. The time that a request
    /// waits for its turn is not part of a timeout.
    /// </summary>
    public int? MaxRequestsPerMinute { get; init; }

    /// <summary>Replaces the network, for example in tests. Disposed with the client. Default: null.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>
    /// The proxy; null (default) for the proxy of the system settings or environment variables. Never used for
    /// loopback.
    /// </summary>
    public System.Net.IWebProxy? Proxy { get; init; }

    /// <summary>
    /// The time for token expiry, timeouts and delays. Default: <see cref="TimeProvider.System"/>.
    /// </summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Receives each attempt of a request; null (default) for no log.</summary>
    internal RequestLog? RequestLog { get; init; }

    /// <summary>Returns a random number from 0 (inclusive) to 1 (exclusive), for jitter.</summary>
    internal Func<double> NextJitter { get; init; } = Jitter.Next;
}
