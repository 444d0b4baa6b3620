using System;
using System.Collections.Concurrent;
using System.Net.Http;

namespace Cadenza.Client.Http;

/// <summary>The state that all requests of a connection share.</summary>
internal sealed class SenderContext(HttpClient http, CadenzaClientOptions options)
{
    private readonly Lazy<Uri?> _proxy = new(() => HttpTransport.FindProxy(options));
    private readonly ConcurrentDictionary<string, Uri> _changeUris = new(StringComparer.Ordinal);

    public HttpClient Http { get; } = http;

    public CadenzaClientOptions Options { get; } = options;

    /// <summary>Gets the absolute address of a request. The few addresses of changes are cached.</summary>
    public Uri UriOf(ApiRequest request) =>
        request.Method == HttpMethod.Post ? _changeUris.GetOrAdd(request.Path, Combine) : Combine(request.Path);

    /// <summary>What is known about the server's dialect.</summary>
    public ServerDialect Dialect { get; } = new();

    public ConnectFailureCounter ConnectFailures { get; } = new();

    public RateLimitGate RateLimitGate { get; } = new(options.TimeProvider, options.NextJitter);

    public ServerClock ServerClock { get; } = new(options.TimeProvider);

    /// <summary>The proxy without user name and password, or null if requests are sent directly.</summary>
    public Uri? Proxy => _proxy.Value;

    /// <summary>
    /// The earliest time, by the server's clock, of a change that was sent at a timestamp of the time provider.
    /// </summary>
    public DateTimeOffset TimeOf(long timestamp) =>
        ServerClock.UtcNow - Options.TimeProvider.GetElapsedTime(timestamp) - ServerClock.Margin;

    private Uri Combine(string path) => new(Options.BaseAddress, path.TrimStart('/'));
}
