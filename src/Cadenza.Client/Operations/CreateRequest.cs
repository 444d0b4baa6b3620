using System;
using System.Collections.Generic;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;

namespace Cadenza.Client.Operations;

/// <summary>
/// Creates a credential (<c>POST /credential/create</c>). Never retried if it may have reached the server, because that
/// would create a second credential. If the response is lost, the credential is searched by venue, nickname and time.
/// </summary>
internal sealed class CreateRequest(NewCredential newCredential) : ChangeRequest(ChangeKind.Create)
{
    /// <summary>The age from which a credential in the response cannot be the new one, whatever the clocks.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    /// <summary>The number of list reads. The server may still process a request that a proxy gave up on.</summary>
    private const int MaxReads = 4;

    /// <inheritdoc/>
    public override string? CredentialId => null;

    /// <inheritdoc/>
    public override string? Venue => newCredential.Venue;

    /// <inheritdoc/>
    public override string? Nickname => newCredential.Nickname;

    /// <inheritdoc/>
    public override string DisplayName => newCredential.ToString();

    /// <inheritdoc/>
    public override string? Target => newCredential.Nickname ?? newCredential.Venue;

    /// <summary>
    /// Two creations with one name must not be reconciled at the same time. Those without a name never are.
    /// </summary>
    internal override string? ExclusionKey => HasNickname
        ? $"{newCredential.Venue.ToUpperInvariant()}\n{newCredential.Nickname}"
        : null;

    internal override bool ReconcilesByTime => true;

    internal override IReadOnlyList<SecureString> Secrets => newCredential.Keys.All;

    private protected override RetryClass ResendClass => RetryClass.Once;

    private bool HasNickname => !string.IsNullOrEmpty(newCredential.Nickname);

    internal override string? ValidateForJournal() =>
        HasNickname ? null : Messages.JournalNeedsNickname;

    internal override async Task<ApiResult<CadenzaCredential>> ExecuteAsync(
        OperationContext context, DateTimeOffset? earlierRunSince, CancellationToken cancellationToken)
    {
        CallProgress call = await context.Sender.StartAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset since = context.Connection.ServerClock.UtcNow - ServerClock.Margin;
        try
        {
            ApiResult<ChangeResponse> result = await SendAsync(context, call, cancellationToken)
                .ConfigureAwait(false);
            result.Value.Warn(context.Observer, this);
            return result.Value.IsAccepted
                ? await WaitForListAsync(context, result, call.Began, cancellationToken)
                    .ConfigureAwait(false)
                : new ApiResult<CadenzaCredential>(result.Value.Credential, result.Attempts, result.RequestId);
        }
        catch (ApiException e) when (e.Kind != CadenzaErrorKind.NotCompleted
            && e.Outcome is RequestOutcome.Unknown or RequestOutcome.Applied)
        {
            if (!HasNickname)
            {
                // Any other credential of the venue without a nickname would match.
                throw e.AsUnknown(e.Message + " " + Messages.CannotSearchCreated);
            }

            ReconciliationResult result = await ReconcileAfterAsync(e, context, since, cancellationToken)
                .ConfigureAwait(false);
            return result.Found is CadenzaCredential found
                ? new ApiResult<CadenzaCredential>(found, e.Attempts, e.RequestId)
                : throw e.AsUnknown(e.Message + " " + Messages.CreationNotConfirmed);
        }
        catch (ApiException e) when (e.Kind == CadenzaErrorKind.AlreadyExists && earlierRunSince is not null)
        {
            // The earlier run may have created it, or it may be another credential with that name.
            DateTimeOffset earliest = earlierRunSince.Value;
            ReconciliationResult result = await ReconcileAfterAsync(e, context, earliest, cancellationToken)
                .ConfigureAwait(false);
            if (result.Found is null)
            {
                throw;
            }

            return new ApiResult<CadenzaCredential>(result.Found, e.Attempts, e.RequestId);
        }
    }

    /// <summary>
    /// Sends the creation in the form that the server is known to accept, or else in one form after another. Only a
    /// definite rejection of the form leads to the next one.
    /// </summary>
    private async Task<ApiResult<ChangeResponse>> SendAsync(
        OperationContext context, CallProgress? started, CancellationToken cancellationToken)
    {
        ServerDialect dialect = context.Connection.Dialect;
        var forms = new CreateForms(
            dialect.NamesToTry,
            newCredential.CredentialType is string type ? [type] : dialect.TypesToTry(CredentialTypes.Default));
        int attempts = 0;
        while (true)
        {
            CallProgress call = started ?? await context.Sender.StartAsync(cancellationToken).ConfigureAwait(false);
            started = null;
            try
            {
                ApiResult<ChangeResponse> result = await context.Sender.ExecuteAsync(
                    call,
                    CredentialRequests.Create(newCredential, forms.Names, forms.Type, ResendClass),
                    response => ReadCreatedAsync(response, context),
                    cancellationToken).ConfigureAwait(false);
                dialect.AcceptNames(forms.Names);
                return result with { Attempts = attempts + result.Attempts };
            }
            catch (ApiException e) when (forms.MoveNext(e))
            {
                attempts += e.Attempts;
            }
        }
    }

    /// <summary>Waits until the list contains a credential whose creation the server only accepted.</summary>
    private Task<ApiResult<CadenzaCredential>> WaitForListAsync(
        OperationContext context, ApiResult<ChangeResponse> result, long began, CancellationToken cancellationToken)
    {
        var accepted = new ApiException(
            CadenzaErrorKind.NotCompleted, RequestOutcome.Unknown, Messages.Accepted)
        {
            HttpStatus = result.Value.Status,
            RequestId = result.RequestId,
            Attempts = result.Attempts,
        };
        return new CompletionPoller(context, this, result.Value.Credential.CredentialId, began)
            .WaitAsync(accepted, result.Value.Credential, static _ => true, cancellationToken);
    }

    private async Task<ChangeResponse> ReadCreatedAsync(ApiResponse response, OperationContext context)
    {
        ChangeResponse created = await ChangeResponse.ReadAsync(response, context.Connection)
            .ConfigureAwait(false);
        DateTimeOffset? oldest = context.Connection.ServerClock.IsKnown
            ? context.Connection.ServerClock.UtcNow - context.Options.RetryTimeout - MaxAge
            : null;

        // A response about another credential does not prove that this one was created.
        return newCredential.IsConsistentWith(created.Credential, oldest)
            ? created
            : throw ApiErrorFactory.Unreadable(response, Messages.IsOtherCredential);
    }

    /// <summary>All reads together have the timeout of one call.</summary>
    internal override async Task<ReconciliationResult> ReconcileAsync(
        OperationContext context, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (!HasNickname)
        {
            return ReconciliationResult.Uncertain;
        }

        CadenzaClientOptions options = context.Options;
        using var deadline = new Deadline(options.TimeProvider, options.RetryTimeout, cancellationToken);
        var search = new SearchState();
        try
        {
            return await FindRepeatedlyAsync(context, since, search, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return search.ToResult();
        }
    }

    /// <summary>Reports the attempts of the creation if the caller cancels the reconciliation.</summary>
    private async Task<ReconciliationResult> ReconcileAfterAsync(
        ApiException failure, OperationContext context, DateTimeOffset since, CancellationToken cancellationToken)
    {
        try
        {
            return await ReconcileAsync(context, since, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new RequestCanceledException(failure.Attempts, failure.RequestId, cancellationToken);
        }
    }

    private async Task<ReconciliationResult> FindRepeatedlyAsync(
        OperationContext context, DateTimeOffset since, SearchState search, CancellationToken cancellationToken)
    {
        for (int read = 0; read < MaxReads; read++)
        {
            var delay = TimeSpan.FromSeconds(read == 0 ? 0 : 1 << (read - 1));
            await context.Options.TimeProvider.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
            List<CadenzaCredential>? found = await TryListAsync(context, since, cancellationToken)
                .ConfigureAwait(false);
            if (found is null)
            {
                // A failed list proves nothing.
                continue;
            }

            search.IsAbsent = found.Count == 0;
            if (found.Count > 0)
            {
                // If there are several candidates, the new one cannot be identified.
                return found.Count == 1
                    ? new ReconciliationResult(found[0], IsAbsent: false)
                    : ReconciliationResult.Uncertain;
            }
        }

        return search.ToResult();
    }

    /// <summary>Lists the candidates. Returns null if the list failed or is incomplete.</summary>
    private async Task<List<CadenzaCredential>?> TryListAsync(
        OperationContext context, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = new List<CadenzaCredential>();
        try
        {
            await CredentialLister.ListAsync(
                context.Sender,
                new CredentialFilter { Where = credential => newCredential.MayHaveCreated(credential, since) },
                row =>
                {
                    if (row.Credential is not null)
                    {
                        found.Add(row.Credential);
                    }
                },
                cancellationToken).ConfigureAwait(false);
            return found;
        }
        catch (ApiException)
        {
            return null;
        }
    }

    /// <summary>The result of the last list that could be read.</summary>
    private sealed class SearchState
    {
        public bool IsAbsent { get; set; }

        public ReconciliationResult ToResult() =>
            IsAbsent ? ReconciliationResult.Absent : ReconciliationResult.Uncertain;
    }
}
