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
using Cadenza.Sandbox.Faults;
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
    private readonly FaultSchedule? _faults;
    private readonly FaultAnswers? _faultAnswers;
    private readonly Func<TimeSpan, CancellationToken, Task> _delay;
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
        _delay = settings.Delay;
        if (settings.Faults is { } faults)
        {
            _faults = new FaultSchedule(faults);
            _faultAnswers = new FaultAnswers(settings, _faults);
        }

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
        var plan = Plan(request);
        HttpResponseMessage? response;
        try
        {
            var memory = new ReadOnlyMemory<byte>(body.GetBuffer(), 0, (int)body.Length);
            if (plan is { DelayBefore.Ticks: > 0 })
            {
                await WaitForEffectAsync(request, plan, cancellationToken).ConfigureAwait(false);
            }

            response = Handle(request, plan, memory);
        }
        finally
        {
            Array.Clear(body.GetBuffer(), 0, body.GetBuffer().Length);
        }

        return plan is null ? response! : await DeliverAsync(plan, response, cancellationToken).ConfigureAwait(false);
    }

    private FaultPlan? Plan(HttpRequestMessage request)
    {
        if (_faults is null)
        {
            return null;
        }

        lock (_lock)
        {
            return _faults.Next(request.RequestUri!.AbsolutePath);
        }
    }

    // A client that goes before its request is looked at leaves a trace in the log, but none in the state.
    private async Task WaitForEffectAsync(HttpRequestMessage request, FaultPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await _delay(plan.DelayBefore, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch
        {
            lock (_lock)
            {
                _log.Add(new SandboxRequest(NewCall(request, default), status: 0, plan.Fault));
            }

            throw;
        }
    }

    // One lock around all of it: the order of the log is the order in which the changes took effect. Null: no answer.
    private HttpResponseMessage? Handle(HttpRequestMessage request, FaultPlan? plan, ReadOnlyMemory<byte> body)
    {
        lock (_lock)
        {
            var call = NewCall(request, body);
            var response = plan is null or { TakesEffect: true } ? _pipeline.Handle(call) : null;
            if (plan is { Rule: { } rule })
            {
                response = _faultAnswers!.Make(rule, response, call);
            }

            _log.Add(new SandboxRequest(call, (int?)response?.Status ?? 0, plan?.Fault));
            return response?.ToMessage(request, call.RequestId);
        }
    }

    private async Task<HttpResponseMessage> DeliverAsync(FaultPlan plan, HttpResponseMessage? response, CancellationToken cancellationToken)
    {
        try
        {
            if (plan.DelayAfter > TimeSpan.Zero)
            {
                await _delay(plan.DelayAfter, cancellationToken).ConfigureAwait(false);
            }

            if (plan.Fault == SandboxFaultKind.NeverAnswer)
            {
                await _delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            return response ?? throw LostConnection.BeforeAnswer();
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }

    private ApiCall NewCall(HttpRequestMessage request, ReadOnlyMemory<byte> body)
    {
        var requestId = "req-" + (++_lastRequest).ToString("D6", CultureInfo.InvariantCulture);
        return new ApiCall(request.Method.Method, request.RequestUri!, BearerOf(request), body, requestId);
    }

    private static string? BearerOf(HttpRequestMessage request) =>
        request.Headers.Authorization is { } header && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter
            : null;
}
