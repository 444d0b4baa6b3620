using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Json;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Client.Operations;

/// <summary>
/// A change of an existing credential. If the response does not contain the credential, it is read back.
/// </summary>
public abstract class ExistingCredentialRequest : ChangeRequest
{
    private readonly CredentialReference _credential;

    private protected ExistingCredentialRequest(ChangeKind kind, CredentialReference credential)
        : base(kind) => _credential = credential;

    /// <inheritdoc/>
    public sealed override string? CredentialId => _credential.CredentialId;

    /// <inheritdoc/>
    public sealed override string? Venue => _credential.Venue;

    /// <inheritdoc/>
    public sealed override string? Nickname => _credential.Nickname;

    /// <inheritdoc/>
    public sealed override string DisplayName => string.IsNullOrWhiteSpace(CredentialId)
        ? _credential.Origin ?? "a credential without an id"
        : Text.DisplayName.Format(Venue, Nickname, CredentialId!);

    /// <inheritdoc/>
    public sealed override string? Target => CredentialId ?? _credential.Origin;

    internal sealed override string? ExclusionKey => CredentialId;

    /// <summary>The status after the change, or null if the status does not show the change.</summary>
    private protected virtual string? StatusWhenDone => null;

    internal sealed override string? Validate() =>
        CredentialId is null ? "it has no CredentialId"
        : CredentialIdRules.Validate(CredentialId) is string fault ? $"the CredentialId {fault}" : null;

    /// <summary>A revoked or missing credential is final, whatever an earlier run did.</summary>
    internal sealed override bool IsSettledBy(ApiException failure) =>
        failure.Kind is CadenzaErrorKind.AlreadyRevoked or CadenzaErrorKind.CredentialNotFound;

    internal sealed override async Task<ApiResult<CadenzaCredential>> ExecuteAsync(
        OperationContext context, DateTimeOffset? earlierRunSince, CancellationToken cancellationToken)
    {
        TimeSpan end = context.Options.Clock.Uptime + context.Options.RetryTimeout;
        try
        {
            return await context.Sender.ExecuteAsync(CreateRequest(), ReadChangedAsync, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException e) when (
            e.Outcome == RequestOutcome.Applied
            || (MeansDone(e) && (e.IsAfterLostAttempt || earlierRunSince is not null)))
        {
            var reader = new CredentialReadBack(context, CredentialId!);
            return reader.Complete(
                e,
                await reader.ReadAsync(e, context.Options.RetryTimeout, cancellationToken).ConfigureAwait(false),
                StatusWhenDone);
        }
        catch (ApiException e) when (e.Outcome == RequestOutcome.Unknown && StatusWhenDone is not null)
        {
            // The credential's status may show whether the change was made.
            TimeSpan left = end - context.Options.Clock.Uptime;
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
                : IsDone(found) ? new ReconciliationResult(found, IsAbsent: false) : ReconciliationResult.Absent;
        }
        catch (ApiException)
        {
            return ReconciliationResult.Uncertain;
        }
    }

    /// <summary>The request to send.</summary>
    private protected abstract ApiRequest CreateRequest();

    /// <summary>Whether a failure means that the change has been made already.</summary>
    private protected virtual bool MeansDone(ApiException failure) => false;

    /// <summary>Whether the status of the credential shows that the change is complete.</summary>
    private protected bool IsDone(CadenzaCredential credential) =>
        string.Equals(credential.Status, StatusWhenDone, StringComparison.OrdinalIgnoreCase);

    private async Task<CadenzaCredential> ReadChangedAsync(ApiResponse response)
    {
        CadenzaCredential credential = await ResponseInterpreter.ReadItemAsync(response, CredentialReader.Read)
            .ConfigureAwait(false);

        // A response about another credential does not prove that this one was changed.
        return CredentialIdComparer.Instance.Equals(credential.CredentialId, CredentialId)
            ? credential
            : throw ApiErrorFactory.Unreadable(response, "it is about another credential");
    }
}
