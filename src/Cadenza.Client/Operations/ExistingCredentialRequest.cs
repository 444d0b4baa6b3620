using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Client.Operations;

/// <summary>
/// A change of an existing credential. If the response does not contain the credential, it is read back.
/// </summary>
internal abstract class ExistingCredentialRequest : ChangeRequest
{
    private readonly CredentialReference _credential;
    private string? _displayName;

    private protected ExistingCredentialRequest(ChangeKind kind, CredentialReference credential)
        : base(kind) => _credential = credential;

    /// <inheritdoc/>
    public sealed override string? CredentialId => _credential.CredentialId;

    internal sealed override CredentialReference? Existing => _credential;

    /// <inheritdoc/>
    public sealed override string? Venue => _credential.Venue;

    /// <inheritdoc/>
    public sealed override string? Nickname => _credential.Nickname;

    /// <inheritdoc/>
    public sealed override string DisplayName => _displayName ??= string.IsNullOrWhiteSpace(CredentialId)
        ? _credential.Origin ?? Messages.NamelessCredential
        : Text.DisplayName.Format(Venue, Nickname, CredentialId!);

    /// <inheritdoc/>
    public sealed override string? Target => CredentialId ?? _credential.Origin;

    internal sealed override string? ExclusionKey => CredentialId;

    /// <summary>The status after the change, or null if the status does not show the change.</summary>
    private protected virtual string? StatusWhenDone => null;

    internal sealed override string? Validate() =>
        CredentialId is null ? Messages.NoCredentialId
        : CredentialIdRules.Validate(CredentialId) is string fault ? $"the CredentialId {fault}" : null;

    /// <summary>A revoked or missing credential is final, whatever an earlier run did.</summary>
    internal sealed override bool IsSettledBy(ApiException failure) =>
        failure.Kind is CadenzaErrorKind.AlreadyRevoked or CadenzaErrorKind.CredentialNotFound;

    internal sealed override async Task<ApiResult<CadenzaCredential>> ExecuteAsync(
        OperationContext context, DateTimeOffset? earlierRunSince, CancellationToken cancellationToken)
    {
        TimeProvider timeProvider = context.Options.TimeProvider;
        CallProgress call = await context.Sender.StartAsync(cancellationToken).ConfigureAwait(false);
        long began = call.Began;
        bool IsDone(CadenzaCredential credential) => this.IsDone(credential, context.Connection.TimeOf(began));
        CompletionPoller CreatePoller() => new(context, this, CredentialId!, began);
        try
        {
            ApiResult<ChangeResponse> result = await context.Sender.ExecuteAsync(
                call, CreateApiRequest(), response => ReadChangedAsync(response, context), cancellationToken)
                .ConfigureAwait(false);
            result.Value.Warn(context.Observer, this);
            return !result.Value.IsAccepted && (StatusWhenDone is null || IsDone(result.Value.Credential))
                ? new ApiResult<CadenzaCredential>(result.Value.Credential, result.Attempts, result.RequestId)
                : await CreatePoller().WaitAsync(
                    Accepted(result), result.Value.Credential, IsDone, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (MeansDone(e) && (e.IsAfterLostAttempt || earlierRunSince is not null))
        {
            return await ReadBackAsync(e, context, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Outcome == RequestOutcome.Applied)
        {
            // The server reports success but does not send the credential: its status or time shows the change.
            bool trustsServer = StatusWhenDone is null && e.HttpStatus != ChangeResponse.AcceptedStatus;
            return await CreatePoller().WaitAsync(
                e,
                shown: null,
                credential => IsDone(credential) || (trustsServer && credential.UpdatedAt is null),
                cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException e) when (e is { Outcome: RequestOutcome.Unknown, Kind: not CadenzaErrorKind.NotCompleted }
            && StatusWhenDone is not null)
        {
            // The credential's status may show whether the change was made.
            TimeSpan left = context.Options.RetryTimeout - timeProvider.GetElapsedTime(began);
            (CadenzaCredential? credential, _) = await new CredentialReadBack(context, CredentialId!)
                .ReadAsync(e, left, cancellationToken).ConfigureAwait(false);
            if (credential is null || !IsDone(credential))
            {
                throw;
            }

            return new ApiResult<CadenzaCredential>(credential, e.Attempts, e.RequestId);
        }
    }

    internal sealed override async Task<ReconciliationResult> ReconcileAsync(
        OperationContext context, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (StatusWhenDone is null)
        {
            return ReconciliationResult.Uncertain;
        }

        try
        {
            CadenzaCredential? found = await new CredentialReadBack(context, CredentialId!)
                .FindAsync(cancellationToken).ConfigureAwait(false);
            return found is null ? ReconciliationResult.Uncertain
                : IsDone(found, since) ? new ReconciliationResult(found, IsAbsent: false) : ReconciliationResult.Absent;
        }
        catch (ApiException)
        {
            return ReconciliationResult.Uncertain;
        }
    }

    /// <summary>The request to send.</summary>
    private protected abstract ApiRequest CreateApiRequest();

    /// <summary>Whether a failure means that the change has been made already.</summary>
    private protected virtual bool MeansDone(ApiException failure) => false;

    /// <summary>
    /// Whether the credential shows that the change was made: by its status or, if the status does not show it, by the
    /// time of its last change. A revoke changes the time too, so a revoked credential shows nothing.
    /// </summary>
    private bool IsDone(CadenzaCredential credential, DateTimeOffset since) => StatusWhenDone is null
        ? credential.UpdatedAt >= since && !CredentialStatus.IsRevoked(credential.Status)
        : string.Equals(credential.Status, StatusWhenDone, StringComparison.OrdinalIgnoreCase);

    private async Task<ApiResult<CadenzaCredential>> ReadBackAsync(
        ApiException failure, OperationContext context, CancellationToken cancellationToken)
    {
        var reader = new CredentialReadBack(context, CredentialId!);
        return reader.Complete(
            failure,
            await reader.ReadAsync(failure, context.Options.RetryTimeout, cancellationToken).ConfigureAwait(false),
            StatusWhenDone);
    }

    /// <summary>The failure to report if the accepted change does not complete.</summary>
    private static ApiException Accepted(ApiResult<ChangeResponse> result) =>
        new(CadenzaErrorKind.NotCompleted, RequestOutcome.Unknown, Messages.Accepted)
        {
            HttpStatus = result.Value.Status,
            RequestId = result.RequestId,
            Attempts = result.Attempts,
        };

    private async Task<ChangeResponse> ReadChangedAsync(ApiResponse response, OperationContext context)
    {
        ChangeResponse changed = await ChangeResponse.ReadAsync(response, context.Connection)
            .ConfigureAwait(false);

        // A response about another credential does not prove that this one was changed.
        return CredentialIdComparer.Instance.Equals(changed.Credential.CredentialId, CredentialId)
            ? changed
            : throw ApiErrorFactory.Unreadable(response, Messages.IsOtherCredential);
    }
}
