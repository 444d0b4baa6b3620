using System;
using System.Collections.Concurrent;
using System.Net.Http;
using System.Security;
using Cadenza.Client.Security;

namespace Cadenza.Client.Http;

/// <summary>The state that all requests of a connection share.</summary>
internal sealed class SenderContext(HttpClient http, CadenzaClientOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<string, Uri> _changeUris = new(StringComparer.Ordinal);
    private readonly object _authorizationLock = new();
    private SecureString? _token;
    private string? _authorization;

    public HttpClient Http { get; } = http;

    public CadenzaClientOptions Options { get; } = options;

    /// <summary>Gets the absolute address of a request. The few addresses of changes are cached.</summary>
    public Uri UriOf(ApiRequest request) =>
        request.Method == HttpMethod.Post ? _changeUris.GetOrAdd(request.Path, Combine) : Combine(request.Path);

    public RateLimitGate RateLimitGate { get; } = new(options.Clock);

    public ServerClock ServerClock { get; } = new(options.Clock);

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

    private Uri Combine(string path) => new(Options.BaseAddress, path.TrimStart('/'));
}
