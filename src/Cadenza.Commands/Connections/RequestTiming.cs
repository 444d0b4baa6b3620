using System;
using Cadenza.Client.Http;

namespace Cadenza.Commands.Connections;

/// <summary>How long and how often the requests of a connection are tried.</summary>
/// <param name="AttemptTimeout">How long one attempt may take. Default 30 seconds.</param>
/// <param name="RetryTimeout">How long all attempts of one call and the waits between them may take together. Default 100 seconds.</param>
/// <param name="MaxRetries">How many attempts may follow the first, where a call may be sent again. Default 6.</param>
public sealed record RequestTiming(TimeSpan AttemptTimeout, TimeSpan RetryTimeout, int MaxRetries)
{
    /// <summary>The defaults.</summary>
    public static readonly RequestTiming Default = new(
        TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(100), CadenzaClientOptions.DefaultMaxRetries);
}
