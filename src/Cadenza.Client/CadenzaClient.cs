using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Authentication;
using Cadenza.Client.Interpretation;
using Cadenza.Client.Listing;
using Cadenza.Client.Reading;
using Cadenza.Client.Requests;
using Cadenza.Client.Sending;
using Cadenza.Client.Transport;

namespace Cadenza.Client;

/// <summary>
/// The Cadenza credential API. Safe for concurrent use. Every failure is a <see cref="CadenzaApiException"/> whose
/// <see cref="CadenzaApiException.Outcome"/> tells what is known of the request's effect.
/// </summary>
public sealed class CadenzaClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly CadenzaClientOptions _options;
    private readonly TokenSource? _tokens;
    private readonly RequestSender _sender;

    private CadenzaClient(HttpClient http, CadenzaClientOptions options, TokenSource? tokens, IRequestObserver? observer)
    {
        _http = http;
        _options = options;
        _tokens = tokens;
        _sender = new RequestSender(http, tokens, options, observer);
    }

    /// <summary>The address of the API, without <c>/api/v3</c>.</summary>
    public Uri BaseAddress => _options.BaseAddress;

    /// <summary>When the access token ends, as far as is known: told by the server, or by the token itself if it is a JWT.</summary>
    public DateTimeOffset? TokenExpiresAt => _tokens?.ExpiresAt;

    /// <summary>A client for an access token that exists already. Nothing is sent yet.</summary>
    /// <exception cref="ArgumentException">The token cannot be sent in a header.</exception>
    public static CadenzaClient FromAccessToken(CadenzaClientOptions options, SecureString accessToken) =>
        SecretText.FindTokenFault(accessToken) is string fault
            ? throw new ArgumentException($"The access token cannot be used: {fault}.", nameof(accessToken))
            : new CadenzaClient(HttpTransport.Create(options.BaseAddress, options.Handler), options, new FixedTokenSource(accessToken), observer: null);

    /// <summary>Signs in (contract: <c>POST /auth/login</c>) and gives a client that keeps its session renewed.</summary>
    /// <exception cref="CadenzaApiException">The login failed; <see cref="CadenzaErrorKind.LoginRejected"/> for a wrong email or password.</exception>
    public static async Task<(CadenzaClient Client, SignedInUser? User)> LoginAsync(
        CadenzaClientOptions options, string email, SecureString password, IRequestObserver? observer = null, CancellationToken cancellationToken = default)
    {
        HttpClient http = HttpTransport.Create(options.BaseAddress, options.Handler);
        try
        {
            var sender = new RequestSender(http, tokens: null, options, observer);
            SessionTokens tokens = await sender.SendAsync(AuthRequests.Login(email, password), ReadSessionAsync, cancellationToken).ConfigureAwait(false);
            var source = new SessionTokenSource(
                tokens,
                (refreshToken, token) => sender.SendAsync(AuthRequests.Refresh(refreshToken), ReadSessionAsync, token),
                options.Clock);
            return (new CadenzaClient(http, options, source, observer: null), tokens.User);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>The same client, telling an observer of every attempt. Shares everything; dispose only the original.</summary>
    public CadenzaClient ObservedBy(IRequestObserver? observer) => new(_http, _options, _tokens, observer);

    /// <summary>Tells who the token belongs to (contract: <c>GET /auth/user</c>): a cheap check that it works.</summary>
    public Task<SignedInUser> GetCurrentUserAsync(CancellationToken cancellationToken = default) =>
        _sender.SendAsync(
            AuthRequests.CurrentUser(), static response => ResponseInterpreter.ReadItemAsync(response, SessionReader.ReadUser), cancellationToken);

    /// <summary>Ends the session on the server (contract: <c>POST /auth/logout</c>).</summary>
    public Task LogoutAsync(CancellationToken cancellationToken = default) =>
        _sender.SendAsync(AuthRequests.Logout(), ResponseInterpreter.ReadAcknowledgementAsync, cancellationToken);

    /// <summary>
    /// Lists credentials (contract: <c>GET /credential/list</c>), over all pages. Rows come while the answer is still arriving, and
    /// are read ahead, so that a slow caller does not make the server give up.
    /// </summary>
    /// <exception cref="CadenzaApiException">The list failed or broke off; what had been read has been brought by then.</exception>
    public async IAsyncEnumerable<CredentialRow> ListCredentialsAsync(
        CredentialFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var rows = new AsyncQueue<CredentialRow>();
        Task listing = ListThenCompleteAsync();
        try
        {
            while (await rows.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                while (rows.TryTake(out CredentialRow row))
                {
                    yield return row;
                }
            }

            await listing.ConfigureAwait(false);
        }
        finally
        {
            stop.Cancel();
            await listing.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        }

        async Task ListThenCompleteAsync()
        {
            try
            {
                await ListCredentialsAsync(filter, rows.Add, stop.Token).ConfigureAwait(false);
            }
            finally
            {
                rows.Complete();
            }
        }
    }

    /// <summary>The same, with each row handed to <paramref name="onRow"/> as it comes, on whatever thread it comes.</summary>
    /// <exception cref="CadenzaApiException">The list failed or broke off; what had been read has been brought by then.</exception>
    public Task ListCredentialsAsync(CredentialFilter filter, Action<CredentialRow> onRow, CancellationToken cancellationToken) =>
        new CredentialLister(_sender, filter, onRow).RunAsync(cancellationToken);

    /// <summary>
    /// Sets new keys for a credential (contract: <c>POST /credential/rotate</c>). The old keys stop working at once; connected
    /// trading accounts go on with the new ones.
    /// </summary>
    public Task<CadenzaCredential> RotateCredentialAsync(string credentialId, ApiKeySet keys, CancellationToken cancellationToken = default) =>
        SendForCredentialAsync(CredentialRequests.Rotate(credentialId, keys), cancellationToken);

    /// <summary>
    /// Revokes a credential for good (contract: <c>POST /credential/revoke</c>): it cannot be undone, and every trading account that
    /// uses it is disconnected.
    /// </summary>
    public Task<CadenzaCredential> RevokeCredentialAsync(string credentialId, CancellationToken cancellationToken = default) =>
        SendForCredentialAsync(CredentialRequests.Revoke(credentialId), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        (_tokens as IDisposable)?.Dispose();
        _http.Dispose();
    }

    private static Task<SessionTokens> ReadSessionAsync(ApiResponse response) =>
        ResponseInterpreter.ReadItemAsync(response, SessionReader.ReadSession);

    private Task<CadenzaCredential> SendForCredentialAsync(ApiRequest request, CancellationToken cancellationToken) =>
        _sender.SendAsync(request, static response => ResponseInterpreter.ReadItemAsync(response, CredentialReader.Read), cancellationToken);
}
