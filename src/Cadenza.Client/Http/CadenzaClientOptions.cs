using System;
using System.Net.Http;

namespace Cadenza.Client.Http;

/// <summary>How a <see cref="CadenzaClient"/> reaches the API.</summary>
public sealed class CadenzaClientOptions
{
    /// <summary>The default of <see cref="MaxRetries"/>: with the backoff, about six seconds on average.</summary>
    public const int DefaultMaxRetries = 6;

    /// <summary>Creates options for a server.</summary>
    /// <param name="baseAddress">https, or http to loopback only; <c>/api/v3</c> is added to it.</param>
    /// <exception cref="ArgumentException">The address is not fit to send secrets to.</exception>
    public CadenzaClientOptions(Uri baseAddress)
    {
        if (BaseAddressRules.Validate(baseAddress) is string fault)
        {
            throw new ArgumentException("The base address " + fault + ".", nameof(baseAddress));
        }

        BaseAddress = BaseAddressRules.Normalize(baseAddress);
    }

    /// <summary>The base address, ending in a slash.</summary>
    public Uri BaseAddress { get; }

    /// <summary>How long one attempt may take, from connecting to the end of its answer. Default 30 seconds.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long all attempts of one call and the waits between them may take together. Default 100 seconds.</summary>
    public TimeSpan RetryTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How many attempts may follow the first, where a call may be sent again. Default 6.</summary>
    public int MaxRetries { get; init; } = DefaultMaxRetries;

    /// <summary>Stands in for the network, such as the sandbox; null for the network. Owned by the client.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The proxy to go through; null for the one of the platform's settings and environment variables. Never used to this machine.</summary>
    public System.Net.IWebProxy? Proxy { get; init; }

    /// <summary>The clock for token expiry and all waiting. Default: the machine's.</summary>
    public Clock Clock { get; init; } = Clock.System;
}
