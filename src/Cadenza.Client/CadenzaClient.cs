using System;
using System.Collections.Generic;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Authentication;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Json;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Paging;
using Cadenza.Client.Security;
using Cadenza.Client.Text;

namespace Cadenza.Client;

/// <summary>
/// A client of the Cadenza credential API. Thread-safe. Every failure is an <see cref="ApiException"/> whose
/// <see cref="CadenzaException.Outcome"/> is what is known about the effect of the request. The public methods change
/// no credential: Cadenza.Commands makes the changes, asks for confirmation and keeps the journal.
/// </summary>
public sealed class CadenzaClient : IDisposable
{
    private static readonly TimeSpan MaxFreshAge = TimeSpan.FromMinutes(1);

    private readonly SenderContext _context;
    private readonly TokenSource _tokens;
    private readonly IRequestObserver? _observer;
    private readonly RequestSender _sender;
    private readonly int? _maxPerMinute;
    private readonly TimeSpan? _completionTimeout;

    private CadenzaClient(
        SenderContext context,
        TokenSource tokens,
        IRequestObserver? observer,
        int? maxPerMinute = null,
        TimeSpan? completionTimeout = null)
    {
        _context = context;
        _tokens = tokens;
        _observer = observer;
        _maxPerMinute = maxPerMinute;
        _completionTimeout = completionTimeout;
        _sender = new RequestSender(context, tokens, observer, RequestPace.IntervalOf(maxPerMinute));
    }

    /// <summary>The address of the API, without <c>/api/v3</c>.</summary>
    public Uri BaseAddress => _context.Options.BaseAddress;

    /// <summary>
    /// When the access token expires, from the server or from the token if it is a JWT, or null if it is not known. By
    /// the local clock, even if the server's clock differs.
    /// </summary>
    public DateTimeOffset? TokenExpiresAt => _tokens.ExpiresAt;

    /// <summary>Whether the next request probably has to wait for its turn.</summary>
    internal bool IsSlow => _sender.IsSlow;

    /// <summary>The time of the requests.</summary>
    internal TimeProvider TimeProvider => _context.Options.TimeProvider;

    /// <summary>How long a call may take with all its attempts.</summary>
    internal TimeSpan RetryTimeout => _context.Options.RetryTimeout;

    /// <summary>
    /// The server: its host, with the port and the path if they are not the default. Objects that are read have it as
    /// their <c>Server</c>.
    /// </summary>
    public string Server => _context.Server;

    /// <summary>Whether this connection read a credential less than a minute ago.</summary>
    internal bool IsFresh(in CredentialReference credential) => credential.ReadOrigin is ReadOrigin origin
        && ReferenceEquals(origin.Connection, _context)
        && _context.Options.TimeProvider.GetElapsedTime(origin.Timestamp) < MaxFreshAge;

    /// <summary>Creates a client for an existing access token. Does not send a request.</summary>
    /// <exception cref="ArgumentException">The token cannot be sent in a header.</exception>
    public static CadenzaClient FromAccessToken(CadenzaClientOptions options, SecureString accessToken)
    {
        if (SecretText.ValidateToken(accessToken) is string fault)
        {
            throw new ArgumentException(Messages.UnusableToken(fault), nameof(accessToken));
        }

        SenderContext context = CreateContext(options);
        var source = new FixedTokenSource(accessToken, context.ServerClock);
        return new CadenzaClient(context, source, observer: null);
    }

    /// <summary>
    /// Creates a client that requests another access token from the caller when the first one has expired.
    /// </summary>
    /// <exception cref="ArgumentException">The token cannot be sent in a header.</exception>
    internal static CadenzaClient FromAccessToken(
        CadenzaClientOptions options, SecureString first, Func<(SecureString? Token, string? Fault)> read)
    {
        if (SecretText.ValidateToken(first) is string fault)
        {
            throw new ArgumentException(Messages.UnusableToken(fault), nameof(first));
        }

        SenderContext context = CreateContext(options);
        var source = new CallbackTokenSource(first, read, context.ServerClock, options.TimeProvider);
        return new CadenzaClient(context, source, observer: null);
    }

    /// <summary>Signs in (<c>POST /auth/login</c>). The client renews its session.</summary>
    /// <exception cref="ApiException">
    /// The login failed; <see cref="CadenzaErrorKind.LoginRejected"/> for a wrong email or password.
    /// </exception>
    public static Task<(CadenzaClient Client, SignedInUser? User)> LoginAsync(
        CadenzaClientOptions options,
        string email,
        SecureString password,
        CancellationToken cancellationToken = default) =>
        LoginAsync(options, email, password, observer: null, cancellationToken);

    /// <summary>Signs in, and reports the attempts and warnings of the login to an observer.</summary>
    internal static async Task<(CadenzaClient Client, SignedInUser? User)> LoginAsync(
        CadenzaClientOptions options,
        string email,
        SecureString password,
        IRequestObserver? observer,
        CancellationToken cancellationToken)
    {
        SenderContext context = CreateContext(options);
        try
        {
            SessionTokens tokens = await new RequestSender(context, tokens: null, observer)
                .SendAsync(AuthRequests.Login(email, password), ReadSessionAsync, cancellationToken)
                .ConfigureAwait(false);
            if (tokens.User?.Email is string actual && !actual.Equals(email, StringComparison.OrdinalIgnoreCase))
            {
                observer?.OnWarning(Messages.OtherUser(actual, TextSanitizer.Sanitize(email)));
            }

            // No observer: a renewal is for all callers of the client.
            var renewer = new RequestSender(context, tokens: null, observer: null);
            var source = new SessionTokenSource(
                tokens,
                (refreshToken, token) => renewer.SendAsync(AuthRequests.Refresh(refreshToken), ReadSessionAsync, token),
                context.ServerClock,
                options.TimeProvider);
            return (new CadenzaClient(context, source, observer: null), tokens.User);
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Returns a client that reports its attempts to an observer. It shares this client's resources; dispose only this
    /// one.
    /// </summary>
    /// <param name="observer">The observer, or null.</param>
    /// <param name="maxPerMinute">
    /// The maximum number of its requests per minute, if that is less than the connection allows; null for that of this
    /// client.
    /// </param>
    /// <param name="completionTimeout">
    /// How long to wait until a change that the server accepted is complete. Zero does not wait; null waits as long as
    /// this client.
    /// </param>
    internal CadenzaClient ObservedBy(
        IRequestObserver? observer, int? maxPerMinute = null, TimeSpan? completionTimeout = null) =>
        new(_context, _tokens, observer, maxPerMinute ?? _maxPerMinute, completionTimeout ?? _completionTimeout);

    /// <summary>Gets the owner of the token (<c>GET /auth/user</c>), which is also a cheap test of the token.</summary>
    public Task<SignedInUser> GetCurrentUserAsync(CancellationToken cancellationToken = default) =>
        _sender.SendAsync(
            AuthRequests.CurrentUser(),
            static response => ResponseInterpreter.ReadItemAsync(response, SessionReader.ReadUser),
            cancellationToken);

    /// <summary>Ends the session on the server (<c>POST /auth/logout</c>).</summary>
    public Task LogoutAsync(CancellationToken cancellationToken = default) =>
        _sender.SendAsync(AuthRequests.Logout(), ResponseInterpreter.ReadAcknowledgementAsync, cancellationToken);

    /// <summary>
    /// Lists credentials (<c>GET /credential/list</c>), across all pages. Calls <paramref name="onRow"/> for each row
    /// as it arrives, one at a time, on any thread. An exception that it throws ends the listing with
    /// <see cref="CadenzaErrorKind.UnexpectedFailure"/>.
    /// </summary>
    /// <exception cref="ApiException">
    /// The list failed or is incomplete. The rows that were read have been passed to <paramref name="onRow"/>.
    /// </exception>
    public Task ListCredentialsAsync(
        CredentialFilter filter, Action<CredentialRow> onRow, CancellationToken cancellationToken = default) =>
        ListCredentialsAsync(filter, new CallbackRowWriter(onRow), cancellationToken);

    internal Task ListCredentialsAsync(
        CredentialFilter filter, IRowWriter writer, CancellationToken cancellationToken) =>
        new CredentialLister(_sender, filter, writer).RunAsync(cancellationToken);

    /// <summary>
    /// Lists the trading accounts and the credentials that they use (<c>GET /tradingAccount/list</c>), across all
    /// pages.
    /// </summary>
    /// <exception cref="ApiException">The list failed or is incomplete. Partial lists are not returned.</exception>
    public Task<TradingAccountList> ListTradingAccountsAsync(CancellationToken cancellationToken = default) =>
        new TradingAccountLister(_sender).RunAsync(cancellationToken);

    /// <summary>
    /// Sets new keys for a credential (<c>POST /credential/rotate</c>). The old keys stop working immediately.
    /// Connected trading accounts continue with the new ones. Retried after a lost response, because sending it twice
    /// has the same effect.
    /// </summary>
    /// <exception cref="ApiException">
    /// The credential was not rotated. With the outcome Unknown it may have been rotated.
    /// </exception>
    internal async Task<CadenzaCredential> RotateCredentialAsync(
        string credentialId, ApiKeySet keys, CancellationToken cancellationToken = default)
    {
        var request = new RotateRequest(new CredentialReference(credentialId), keys);
        return (await ExecuteAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
    }

    /// <summary>
    /// Revokes a credential permanently (<c>POST /credential/revoke</c>). Trading accounts that use it are
    /// disconnected. Retried after a lost response; "already revoked" then means success.
    /// </summary>
    /// <exception cref="ApiException">
    /// The credential was not revoked. With the outcome Unknown it may have been revoked.
    /// </exception>
    internal async Task<CadenzaCredential> RevokeCredentialAsync(
        string credentialId, CancellationToken cancellationToken = default)
    {
        var request = new RevokeRequest(new CredentialReference(credentialId));
        return (await ExecuteAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
    }

    /// <summary>
    /// Creates a credential (<c>POST /credential/create</c>). Not retried after a lost response. Instead, the client
    /// searches for the new credential by venue, nickname and time.
    /// </summary>
    /// <exception cref="ApiException">
    /// The credential was not created. With the outcome Unknown it may have been created.
    /// </exception>
    internal async Task<CadenzaCredential> CreateCredentialAsync(
        NewCredential newCredential, CancellationToken cancellationToken = default)
    {
        var request = new CreateRequest(newCredential);
        return (await ExecuteAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
    }

    /// <summary>Executes a change.</summary>
    /// <param name="request">The change.</param>
    /// <param name="earlierRunSince">
    /// The earliest time at which an earlier run may have made the change, by the server's clock, or null.
    /// </param>
    /// <param name="cancellationToken">Cancels the call. It is then unknown whether the change was made.</param>
    /// <exception cref="ApiException">The change failed. See <see cref="CadenzaException.Outcome"/>.</exception>
    internal Task<ApiResult<CadenzaCredential>> ExecuteAsync(
        ChangeRequest request, DateTimeOffset? earlierRunSince = null, CancellationToken cancellationToken = default) =>
        request.ExecuteAsync(CreateContext(), earlierRunSince, cancellationToken);

    /// <summary>Checks on the server whether a change was made.</summary>
    internal Task<ReconciliationResult> ReconcileAsync(
        ChangeRequest request, DateTimeOffset since, CancellationToken cancellationToken) =>
        request.ReconcileAsync(CreateContext(), since, cancellationToken);

    /// <summary>
    /// The earliest creation time of a credential that is created now, by the server's clock, or null if the clock is
    /// not known.
    /// </summary>
    internal DateTimeOffset? EarliestCreation =>
        _context.ServerClock.IsKnown ? _context.ServerClock.UtcNow - ServerClock.Margin : null;

    /// <summary>
    /// Verifies that the exchange accepts a credential (<c>POST /credential/verify</c>). Sends the request in the form
    /// of the OpenAPI document and, if the server rejects that, in the form of the API guide.
    /// </summary>
    /// <exception cref="ApiException">The verification failed.</exception>
    public Task<VerificationResult> VerifyCredentialAsync(
        string credentialId, CancellationToken cancellationToken = default) =>
        new CredentialVerifier(_sender).VerifyAsync(credentialId, cancellationToken);

    /// <summary>
    /// Verifies several credentials in one request. Returns null if the server does not support that or rejects the
    /// whole request because of one credential. Verify each one separately then.
    /// </summary>
    /// <exception cref="ApiException">The verification failed.</exception>
    internal Task<IReadOnlyList<VerificationResult>?> TryVerifyCredentialsAsync(
        IReadOnlyList<string> credentialIds, CancellationToken cancellationToken = default) =>
        new CredentialVerifier(_sender).TryVerifyAllAsync(credentialIds, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _context.Dispose();

    private OperationContext CreateContext() => new(_sender, _context, _observer, _completionTimeout);

    private static SenderContext CreateContext(CadenzaClientOptions options) =>
        new(HttpTransport.Create(options), options);

    private static Task<SessionTokens> ReadSessionAsync(ApiResponse response) =>
        ResponseInterpreter.ReadItemAsync(response, SessionReader.ReadSession);
}
