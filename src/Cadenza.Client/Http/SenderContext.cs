using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http;
using Cadenza.Client.Models;
using System.Security;
using Cadenza.Client.Security;

namespace Cadenza.Client.Http;

/// <summary>The state that all requests of a connection share.</summary>
internal sealed class SenderContext(HttpClient http, CadenzaClientOptions options) : IDisposable
{
    private readonly Lazy<Uri?> _proxy = new(() => HttpTransport.FindProxy(options));
    private readonly ConcurrentDictionary<string, Uri> _changeUris = new(StringComparer.Ordinal);
    private readonly object _authorizationLock = new();
    private SecureString? _token;
    private string? _authorization;

    public HttpClient Http { get; } = http;

    public CadenzaClientOptions Options { get; } = options;

    /// <summary>Gets the absolute address of a request. The few addresses of changes are cached.</summary>
    public Uri UriOf(ApiRequest request) =>
        request.Method != HttpMethod.Post ? Combine(request.Path)
        : _changeUris.TryGetValue(request.Path, out Uri? uri) ? uri
        : _changeUris.GetOrAdd(request.Path, Combine);

    /// <summary>What is known about the server's dialect.</summary>
    public ServerDialect Dialect { get; } = new();

    public ConnectFailureCounter ConnectFailures { get; } = new();

    public RateLimitGate RateLimitGate { get; } = new(options.TimeProvider, options.NextJitter);

    public RequestPace Pace { get; } = new(options.TimeProvider, options.MaxRequestsPerMinute);

    public ServerClock ServerClock { get; } = new(options.TimeProvider);

    /// <summary>The proxy without user name and password, or null if requests are sent directly.</summary>
    public Uri? Proxy => _proxy.Value;

    /// <summary>The server: its host, with the port and the path if they are not the default.</summary>
    public string Server { get; } = FormatServer(options.BaseAddress);

    /// <summary>The origin of credentials whose request starts now.</summary>
    public ReadOrigin CreateOrigin() => new(Server, this, Options.TimeProvider.GetTimestamp());

    /// <summary>
    /// The earliest time, by the server's clock, of a change that was sent at a timestamp of the time provider.
    /// </summary>
    public DateTimeOffset TimeOf(long timestamp) =>
        ServerClock.UtcNow - Options.TimeProvider.GetElapsedTime(timestamp) - ServerClock.Margin;

    /// <summary>
    /// Gets the Authorization header for a token. HttpClient accepts headers only as strings, which cannot be zeroed,
    /// so a connection creates one for each token and keeps only that of the current token.
    /// </summary>
    public string AuthorizationFor(SecureString token)
    {
        lock (_authorizationLock)
        {
            if (_authorization is null || !ReferenceEquals(_token, token))
            {
                (_token, _authorization) = (token, CreateAuthorization(token));
            }

            return _authorization;
        }
    }

    /// <summary>Creates the message of an attempt.</summary>
    /// <param name="request">The request.</param>
    /// <param name="token">The access token; null for none.</param>
    public HttpRequestMessage CreateMessage(ApiRequest request, SecureString? token)
    {
        var message = new HttpRequestMessage(request.Method, UriOf(request))
        {
            Content = request.CreateContent(),
#if NET
            // HTTP/2 if the TLS handshake negotiates it.
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
#endif
        };
        if (token is not null)
        {
            // Without validation, because a parsed header becomes another string whenever it is sent.
            message.Headers.TryAddWithoutValidation("Authorization", AuthorizationFor(token));
        }

        return message;
    }

    public void Dispose()
    {
        lock (_authorizationLock)
        {
            (_token, _authorization) = (null, null);
        }

        Http.Dispose();
    }

    private static string CreateAuthorization(SecureString token)
    {
        ReadOnlySpan<char> scheme = "Bearer ".AsSpan();
        using var secret = new SecretChars(token);
        char[] chars = new char[scheme.Length + secret.Span.Length];
        scheme.CopyTo(chars);
        secret.Span.CopyTo(chars.AsSpan(scheme.Length));
        string header = new(chars);
        Array.Clear(chars, 0, chars.Length);
        return header;
    }

    private static string FormatServer(Uri address) =>
        (address.IsDefaultPort ? address.Host : address.Authority) + address.AbsolutePath.TrimEnd('/');

    private Uri Combine(string path) => new(Options.BaseAddress, path.TrimStart('/'));
}
