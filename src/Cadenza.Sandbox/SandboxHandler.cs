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

/// <summary>A stateful Cadenza API in memory: all endpoints of the API contract below <c>/api/v3</c>, on any host name.
/// Pass it to an <see cref="HttpClient"/>. Thread-safe. It stores no key, secret, passphrase or request body, only
/// fingerprints of keys.</summary>
public sealed class SandboxHandler : HttpMessageHandler
{
    private readonly object _lock = new();
    private readonly RequestLog _log = new();
    private readonly Dialect _dialect;
    private readonly Store _store;
    private readonly TokenStore _tokens;
    private readonly Pipeline _pipeline;
    private readonly FaultSchedule? _faults;
    private readonly SandboxOptions _options;
    private long _lastRequest;

    /// <summary>Creates a sandbox with its seeded credentials.</summary>
    /// <param name="options">How it behaves; copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public SandboxHandler(SandboxOptions options)
    {
        SandboxOptions settings = (options ?? throw new ArgumentNullException(nameof(options))).Copy();
        _options = settings;
        InstanceId = settings.InstanceId ?? Guid.NewGuid().ToString("N").Substring(0, 8);
        var random = new SeededRandom((ulong)settings.Seed);
        Guid userId = random.NextGuid();
        // Separate streams: one more token must not change the id of the next credential.
        var tokenRandom = new SeededRandom(random.NextUInt64());
        var createRandom = new SeededRandom(random.NextUInt64());
        _dialect = Dialect.Of(settings.Dialect);
        _store = new Seeder(random, settings.UtcNow(), userId).Fill(settings.CredentialCount);
        _tokens = new TokenStore(settings, tokenRandom, new AccessTokenWriter(tokenRandom, userId, settings.Email));
        _faults = settings.Faults is { } faults ? new FaultSchedule(faults) : null;
        if (settings.LockAccounts)
        {
            _store.LockAccounts(settings.UtcNow().ToUnixTimeMilliseconds());
        }

        var envelope = new Envelope(_dialect.ErrnoFirst);
        _pipeline = new Pipeline(_tokens, new Router(
            new HealthEndpoint(settings).Routes,
            new AuthEndpoints(settings, _tokens, userId, envelope).Routes,
            new CredentialListEndpoint(settings, _store, createRandom, _dialect, envelope).Routes,
            new CredentialChangeEndpoints(settings, _store, createRandom, userId, _dialect, envelope).Routes,
            new VerifyEndpoint(settings, _store, _dialect, envelope).Routes,
            new AccountEndpoints(settings, _store, _dialect, envelope).Routes));
    }

    /// <summary>The id of this sandbox: the one of the options, else a random one, so that no two sandboxes are taken
    /// for one another.</summary>
    public string InstanceId { get; }

    /// <summary>An address that names this sandbox, for example <c>https://sandbox-1a2b3c4d.invalid/</c>. It exists
    /// nowhere, and the sandbox answers on any other one too.</summary>
    public Uri BaseAddress => new($"https://sandbox-{InstanceId}.invalid/");

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

    /// <summary>The total number of requests.</summary>
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

    /// <summary>Issues an access token without a login. It is valid for
    /// <see cref="SandboxOptions.AccessTokenLifetime"/>.</summary>
    public string IssueAccessToken()
    {
        lock (_lock)
        {
            return _tokens.IssueAccess();
        }
    }

    /// <summary>A snapshot of everything.</summary>
    public SandboxState GetState()
    {
        lock (_lock)
        {
            _store.Settle(_options.UtcNow());
            return new SandboxState(
                [.. _store.Credentials.Select(Snapshot)],
                [.. _store.Accounts.Select(static a => new SandboxTradingAccount(a))]);
        }
    }

    /// <summary>A snapshot of one credential; null if there is none with this id.</summary>
    /// <param name="credentialId">The id.</param>
    public SandboxCredential? FindCredential(string credentialId)
    {
        lock (_lock)
        {
            _store.Settle(_options.UtcNow());
            return _store.Find(credentialId) is { } credential ? Snapshot(credential) : null;
        }
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var body = new MemoryStream();
        if (request.Content is not null)
        {
            // Copied, not buffered in the content: the copy can be cleared.
#if NET
            await request.Content.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
#else
            await request.Content.CopyToAsync(body).ConfigureAwait(false);
#endif
        }

        cancellationToken.ThrowIfCancellationRequested();
        FaultPlan? plan = Plan(request);
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

    private SandboxCredential Snapshot(Credential credential) => new(credential, _dialect.StatusOf(credential));

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

    // A client that cancels before its request takes effect leaves an entry in the log, but changes nothing.
    private async Task WaitForEffectAsync(
        HttpRequestMessage request, FaultPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await _options.DelayAsync(plan.DelayBefore, cancellationToken).ConfigureAwait(false);
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

    // One lock around everything: the order of the log is the order in which the changes took effect. Null: no answer.
    private HttpResponseMessage? Handle(HttpRequestMessage request, FaultPlan? plan, ReadOnlyMemory<byte> body)
    {
        lock (_lock)
        {
            _store.Settle(_options.UtcNow());
            ApiCall call = NewCall(request, body);
            plan?.Count(_options.UtcNow());
            plan?.Alter(call.Behavior);
            call.AllowedMembers = call.Behavior.RequiresOwnMembers ? _dialect.MembersOf(call.Path) : null;
            ApiResponse? response = plan is null or { ReachesEndpoint: true } ? _pipeline.Handle(call) : null;
            response = plan is null ? response : plan.Answer(call, response, _options);
            if (response is not null)
            {
                response.Date = DateOf(call, plan is { ShowsTime: true });
            }

            _log.Add(new SandboxRequest(call, (int?)response?.Status ?? 0, plan?.Fault));
            return response?.ToMessage(request, call.RequestId);
        }
    }

    // Null omits the header; a clock that differs from the client's is shown in it.
    private DateTimeOffset? DateOf(ApiCall call, bool isShown) => call.Behavior.ClockBehind is { } behind
        ? _options.UtcNow() - behind
        : isShown || _options.ClockSkew != TimeSpan.Zero ? _options.UtcNow() : null;

    private async Task<HttpResponseMessage> DeliverAsync(
        FaultPlan plan, HttpResponseMessage? response, CancellationToken cancellationToken)
    {
        try
        {
            if (plan.DelayAfter > TimeSpan.Zero)
            {
                await _options.DelayAsync(plan.DelayAfter, cancellationToken).ConfigureAwait(false);
            }

            if (plan.Fault == SandboxFaultKind.NeverAnswer)
            {
                await _options.DelayAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            return response ?? throw LostConnection.BeforeAnswer(plan.Fault);
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }

    private ApiCall NewCall(HttpRequestMessage request, ReadOnlyMemory<byte> body)
    {
        string requestId = "req-" + (++_lastRequest).ToString("D6", CultureInfo.InvariantCulture);
        var behavior = new CallBehavior(_options);
        return new ApiCall(request.Method.Method, request.RequestUri!, BearerOf(request), body, requestId, behavior);
    }

    private static string? BearerOf(HttpRequestMessage request) =>
        request.Headers.Authorization is { } header
        && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter
            : null;
}
