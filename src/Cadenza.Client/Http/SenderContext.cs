using System;
using System.Collections.Concurrent;
using System.Net.Http;

namespace Cadenza.Client.Http;

/// <summary>What all requests of a connection share.</summary>
internal sealed class SenderContext(HttpClient http, CadenzaClientOptions options)
{
    private readonly ConcurrentDictionary<string, Uri> _changes = new(StringComparer.Ordinal);

    public HttpClient Http { get; } = http;

    public CadenzaClientOptions Options { get; } = options;

    /// <summary>The whole address of a call. Those of changes are few, and made once.</summary>
    public Uri UriOf(ApiRequest request) =>
        request.Method == HttpMethod.Post ? _changes.GetOrAdd(request.Path, Combine) : Combine(request.Path);

    public RateLimitGate RateLimitGate { get; } = new(options.Clock);

    public ServerClock ServerClock { get; } = new(options.Clock);

    private Uri Combine(string path) => new(Options.BaseAddress, path.TrimStart('/'));
}
