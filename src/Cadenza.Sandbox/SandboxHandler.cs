using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Sandbox.Auth;
using Cadenza.Sandbox.Dialects;
using Cadenza.Sandbox.Endpoints;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.Seeding;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox;

/// <summary>A stateful Cadenza API in memory: all endpoints of the API contract below <c>/api/v3</c>, on whatever host name the
/// request has. Give it to an <see cref="HttpClient"/>. Safe for any number of threads; keeps no key, secret, passphrase or request
/// body, only fingerprints of keys.</summary>
public sealed class SandboxHandler : HttpMessageHandler
{
    private readonly object _lock = new();
    private readonly RequestLog _log = new();
    private readonly Dialect _dialect;
    private readonly Store _store;
    private readonly TokenStore _tokens;
    private readonly Pipeline _pipeline;
    private long _lastRequest;

    /// <summary>Makes and seeds a sandbox.</summary>
    /// <param name="options">How it behaves; copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public SandboxHandler(SandboxOptions options)
    {
        var settings = (options ?? throw new ArgumentNullException(nameof(options))).Copy();
        var random = new SeededRandom((ulong)settings.Seed);
        var userId = random.NextGuid();
        // Streams of their own: a token more must not change the id of the next credential.
        var tokenRandom = new SeededRandom(random.NextUInt64());
        var createRandom = new SeededRandom(random.NextUInt64());
        _dialect = Dialect.Of(settings.Dialect);
        _store = new Seeder(random, settings.UtcNow(), userId).Fill(settings.CredentialCount);
        _tokens = new TokenStore(settings, tokenRandom, new AccessTokenWriter(tokenRandom, userId, settings.Email));
        var envelope = new Envelope(_dialect.ErrnoFirst);
        _pipeline = new Pipeline(_tokens, new Router(
            new HealthEndpoint(settings).Routes,
            new AuthEndpoints(settings, _tokens, userId, envelope).Routes,
            new CredentialListEndpoint(settings, _store, _dialect, envelope).Routes,
            new CredentialChangeEndpoints(settings, _store, createRandom, userId, _dialect, envelope).Routes,
            new VerifyEndpoint(settings, _store, _dialect, envelope).Routes,
            new AccountEndpoints(settings, _store, _dialect, envelope).Routes));
    }

    /// <summary>The last 10,000 requests, oldest first: a snapshot.</summary>
    public IReadOnlyList<SandboxRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return _log.Snapshot();
            }
        }
    }

    /// <summary>How many requests came in all.</summary>
    public long RequestCount
    {
        get
        {
            lock (_lock)
            {
                return _log.Total;
            }
        }
    }

    /// <summary>Gives a new access token without a login; good for <see cref="SandboxOptions.AccessTokenLifetime"/>.</summary>
    public string IssueAccessToken()
    {
        lock (_lock)
        {
            return _tokens.IssueAccess();
        }
    }

    /// <summary>Takes a snapshot of everything.</summary>
    public SandboxState GetState()
    {
        lock (_lock)
        {
            return new SandboxState(
                _store.Credentials.Select(c => new SandboxCredential(c, _dialect.StatusOf(c))).ToList(),
                _store.Accounts.Select(static a => new SandboxTradingAccount(a)).ToList());
        }
    }

    /// <summary>Takes a snapshot of one credential; null when there is none with this id.</summary>
    /// <param name="credentialId">The id.</param>
    public SandboxCredential? FindCredential(string credentialId)
    {
        lock (_lock)
        {
            return _store.Find(credentialId) is { } credential ? new SandboxCredential(credential, _dialect.StatusOf(credential)) : null;
        }
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var body = new MemoryStream();
        if (request.Content is not null)
        {
            // Copied, not buffered in the content: the copy is ours to wipe.
#if NET
            await request.Content.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
#else
            await request.Content.CopyToAsync(body).ConfigureAwait(false);
#endif
        }

        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Handle(request, new ReadOnlyMemory<byte>(body.GetBuffer(), 0, (int)body.Length));
        }
        finally
        {
            Array.Clear(body.GetBuffer(), 0, body.GetBuffer().Length);
        }
    }

    // One lock around all of it: the order of the log is the order in which the changes took effect.
    private HttpResponseMessage Handle(HttpRequestMessage request, ReadOnlyMemory<byte> body)
    {
        lock (_lock)
        {
            var requestId = "req-" + (++_lastRequest).ToString("D6", CultureInfo.InvariantCulture);
            var call = new ApiCall(request.Method.Method, request.RequestUri!, BearerOf(request), body, requestId);
            var response = _pipeline.Handle(call);
            _log.Add(new SandboxRequest(call.Method, call.PathAndQuery, (int)response.Status, requestId));
            return response.ToMessage(request, requestId);
        }
    }

    private static string? BearerOf(HttpRequestMessage request) =>
        request.Headers.Authorization is { } header && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter
            : null;
}
