using System;
using System.Collections.Concurrent;
using System.Net.Http;

namespace Cadenza.Client.Http;

/// <summary>The state that all requests of a connection share.</summary>
internal sealed class SenderContext(HttpClient http, CadenzaClientOptions options)
{
    private readonly ConcurrentDictionary<string, Uri> _changeUris = new(StringComparer.Ordinal);

    public HttpClient Http { get; } = http;

    public CadenzaClientOptions Options { get; } = options;

    /// <summary>Gets the absolute address of a request. The few addresses of changes are cached.</summary>
    public Uri UriOf(ApiRequest request) =>
        request.Method == HttpMethod.Post ? _changeUris.GetOrAdd(request.Path, Combine) : Combine(request.Path);

    public RateLimitGate RateLimitGate { get; } = new(options.TimeProvider, options.NextJitter);

    public ServerClock ServerClock { get; } = new(options.TimeProvider);

    private Uri Combine(string path) => new(Options.BaseAddress, path.TrimStart('/'));
}
