using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
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

namespace Cadenza.Client;

/// <summary>
/// The Cadenza credential API. Safe for concurrent use. Every failure is a <see cref="ApiException"/> whose
/// <see cref="CadenzaException.Outcome"/> tells what is known of the request's effect.
/// </summary>
public sealed class CadenzaClient : IDisposable
{
    private readonly SenderContext _context;
    private readonly TokenSource _tokens;
    private readonly IRequestObserver? _observer;
    private readonly RequestSender _sender;

    private CadenzaClient(SenderContext context, TokenSource tokens, IRequestObserver? observer)
    {
        _context = context;
        _tokens = tokens;
        _observer = observer;
        _sender = new RequestSender(context, tokens, observer);
    }

    /// <summary>The address of the API, without <c>/api/v3</c>.</summary>
    public Uri BaseAddress => _context.Options.BaseAddress;

    /// <summary>When the access token ends, as far as is known: told by the server, or by the token itself if it is a JWT.</summary>
    public DateTimeOffset? TokenExpiresAt => _tokens.ExpiresAt;

    /// <summary>A client for an access token that exists already. Nothing is sent yet.</summary>
    /// <exception cref="ArgumentException">The token cannot be sent in a header.</exception>
    public static CadenzaClient FromAccessToken(CadenzaClientOptions options, SecureString accessToken) =>
        SecretText.ValidateToken(accessToken) is string fault
            ? throw new ArgumentException($"The access token cannot be used: {fault}.", nameof(accessToken))
            : new CadenzaClient(CreateContext(options), new FixedTokenSource(accessToken), observer: null);

    /// <summary>Signs in (contract: <c>POST /auth/login</c>) and gives a client that keeps its session renewed.</summary>
    /// <exception cref="ApiException">The login failed; <see cref="CadenzaErrorKind.LoginRejected"/> for a wrong email or password.</exception>
    public static async Task<(CadenzaClient Client, SignedInUser? User)> LoginAsync(
        CadenzaClientOptions options, string email, SecureString password, IRequestObserver? observer = null, CancellationToken cancellationToken = default)
    {
        SenderContext context = CreateContext(options);
        try
        {
            SessionTokens tokens = await new RequestSender(context, tokens: null, observer)
                .SendAsync(AuthRequests.Login(email, password), ReadSessionAsync, cancellationToken).ConfigureAwait(false);

            // Whoever happens to renew the session does so for all: nobody's observer is told.
            var renewer = new RequestSender(context, tokens: null, observer: null);
            var source = new SessionTokenSource(
                tokens,
                (refreshToken, token) => renewer.SendAsync(AuthRequests.Refresh(refreshToken), ReadSessionAsync, token),
                options.Clock);
            return (new CadenzaClient(context, source, observer: null), tokens.User);
        }
        catch
        {
            context.Http.Dispose();
            throw;
        }
    }

    /// <summary>The same client, telling an observer of every attempt. Shares everything; dispose only the original.</summary>
    public CadenzaClient ObservedBy(IRequestObserver? observer) => new(_context, _tokens, observer);

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
    /// <exception cref="ApiException">The list failed or broke off; what had been read has been brought by then.</exception>
    public async IAsyncEnumerable<CredentialRow> ListCredentialsAsync(
        CredentialFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var batches = new AsyncQueue<IReadOnlyList<CredentialRow>>();
        using var writer = new BatchingRowWriter(batches.Add);
        Task listing = ListThenCompleteAsync();
        try
        {
            while (await batches.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                while (batches.TryTake(out IReadOnlyList<CredentialRow> batch))
                {
                    foreach (CredentialRow row in batch)
                    {
                        yield return row;
                    }

                    writer.Acknowledge(batch.Count);
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
                await ListCredentialsAsync(filter, writer, stop.Token).ConfigureAwait(false);
            }
            finally
            {
                batches.Complete();
            }
        }
    }

    /// <summary>The same, with each row handed to <paramref name="onRow"/> as it comes, on whatever thread it comes.</summary>
    /// <exception cref="ApiException">The list failed or broke off; what had been read has been brought by then.</exception>
    public Task ListCredentialsAsync(CredentialFilter filter, Action<CredentialRow> onRow, CancellationToken cancellationToken) =>
        ListCredentialsAsync(filter, new CallbackRowWriter(onRow), cancellationToken);

    internal Task ListCredentialsAsync(CredentialFilter filter, IRowWriter writer, CancellationToken cancellationToken) =>
        new CredentialLister(_sender, filter, writer).RunAsync(cancellationToken);

    /// <summary>Lists the trading accounts with the credentials that they use (contract: <c>GET /tradingAccount/list</c>), over all pages.</summary>
    /// <exception cref="ApiException">The list failed or broke off: a part of it would look like all of it.</exception>
    public Task<TradingAccountList> ListTradingAccountsAsync(CancellationToken cancellationToken = default) =>
        new TradingAccountLister(_sender).RunAsync(cancellationToken);

    /// <summary>
    /// Sets new keys for a credential (contract: <c>POST /credential/rotate</c>). The old keys stop working at once; connected
    /// trading accounts go on with the new ones. A lost answer leads to the same keys being set again, which ends in the same state.
    /// </summary>
    /// <exception cref="ApiException">The credential was not rotated, or, for outcome Unknown, may have been.</exception>
    public async Task<CadenzaCredential> RotateCredentialAsync(string credentialId, ApiKeySet keys, CancellationToken cancellationToken = default) =>
        (await ExecuteAsync(new RotateRequest(new CredentialReference(credentialId), keys), cancellationToken: cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>
    /// Revokes a credential for good (contract: <c>POST /credential/revoke</c>): it cannot be undone, and every trading account that
    /// uses it is disconnected. A lost answer leads to a second revoke; "already revoked" is then our own success.
    /// </summary>
    /// <exception cref="ApiException">The credential was not revoked, or, for outcome Unknown, may have been.</exception>
    public async Task<CadenzaCredential> RevokeCredentialAsync(string credentialId, CancellationToken cancellationToken = default) =>
        (await ExecuteAsync(new RevokeRequest(new CredentialReference(credentialId)), cancellationToken: cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>
    /// Creates a credential (contract: <c>POST /credential/create</c>). Never sent twice once it may have arrived: after a lost answer,
    /// what was created is looked for by venue, nickname and time.
    /// </summary>
    /// <exception cref="ApiException">The credential was not created, or, for outcome Unknown, may have been.</exception>
    public async Task<CadenzaCredential> CreateCredentialAsync(NewCredential wanted, CancellationToken cancellationToken = default) =>
        (await ExecuteAsync(new CreateRequest(wanted), cancellationToken: cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>Makes a change.</summary>
    /// <param name="request">The change.</param>
    /// <param name="earlierRunSince">Since when an earlier run may have made it, by the server's clock; null where none has.</param>
    /// <param name="cancellationToken">Ends the call; whether the change was made is then unknown.</param>
    /// <exception cref="ApiException">The change was not made, or, for outcome Unknown, may have been.</exception>
    internal Task<ApiResult<CadenzaCredential>> ExecuteAsync(
        ChangeRequest request, DateTimeOffset? earlierRunSince = null, CancellationToken cancellationToken = default) =>
        request.ExecuteAsync(new OperationContext(_sender, _context, _observer), earlierRunSince, cancellationToken);

    /// <summary>Asks the server whether a change was made.</summary>
    internal Task<ReconciliationResult> ReconcileAsync(ChangeRequest request, DateTimeOffset since, CancellationToken cancellationToken) =>
        request.ReconcileAsync(new OperationContext(_sender, _context, _observer), since, cancellationToken);

    /// <summary>What is created now is not created before this, by the server's clock; null as long as no answer has told its time.</summary>
    internal DateTimeOffset? EarliestCreation => _context.ServerClock.IsKnown ? _context.ServerClock.UtcNow - CreateRequest.ClockMargin : null;

    /// <summary>
    /// Has the exchange asked whether it accepts the credential (contract: <c>POST /credential/verify</c>), in the OpenAPI text's form
    /// and, where the server refuses that, in the guide's.
    /// </summary>
    /// <exception cref="ApiException">It could not be found out.</exception>
    public async Task<VerificationResult> VerifyCredentialAsync(string credentialId, CancellationToken cancellationToken = default)
    {
        try
        {
            try
            {
                return await SendAsync(CredentialRequests.Verify(credentialId)).ConfigureAwait(false);
            }
            catch (ApiException e) when (e.Kind == CadenzaErrorKind.InvalidRequest)
            {
                return await SendAsync(CredentialRequests.VerifyByGuide(credentialId)).ConfigureAwait(false);
            }
        }
        catch (ApiException e) when (e.Kind == CadenzaErrorKind.InvalidApiKey)
        {
            // That is what was asked, and this is the answer.
            return VerificationResult.Refused(credentialId, e);
        }

        Task<VerificationResult> SendAsync(ApiRequest request) => _sender.SendAsync(
            request,
            response => ResponseInterpreter.ReadElementsAsync(
                response, (shape, elements, text) => VerificationReader.Read(credentialId, shape, elements, text)),
            cancellationToken);
    }

    /// <summary>
    /// Verifies several credentials by one call, where the server's dialect allows that; null where it does not, or where it refuses the
    /// whole for one of them: then each has to be asked for by itself.
    /// </summary>
    /// <exception cref="ApiException">It could not be found out.</exception>
    public async Task<IReadOnlyList<VerificationResult>?> TryVerifyCredentialsAsync(
        IReadOnlyList<string> credentialIds, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _sender.SendAsync(
                CredentialRequests.Verify(credentialIds),
                response => ResponseInterpreter.ReadElementsAsync(
                    response, (shape, elements, text) => VerificationReader.ReadBatch(credentialIds, shape, elements, text)),
                cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Outcome is RequestOutcome.Rejected or RequestOutcome.Applied && !ErrorKinds.FailsEveryItem(e.Kind))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _context.Http.Dispose();

    private static SenderContext CreateContext(CadenzaClientOptions options) =>
        new(HttpTransport.Create(options), options);

    private static Task<SessionTokens> ReadSessionAsync(ApiResponse response) =>
        ResponseInterpreter.ReadItemAsync(response, SessionReader.ReadSession);
}
