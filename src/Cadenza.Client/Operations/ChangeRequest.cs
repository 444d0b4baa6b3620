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
/// A change of one credential. Each kind of change is a subclass that defines the target, whether to retry, how to
/// execute the change and how to reconcile it after a lost response.
/// </summary>
internal abstract class ChangeRequest
{
    private protected ChangeRequest(ChangeKind kind) => Kind = kind;

    /// <summary>The kind of change.</summary>
    public ChangeKind Kind { get; }

    /// <summary>The credential's id, or null if the change creates it.</summary>
    public abstract string? CredentialId { get; }

    /// <summary>The credential as the user saw it, or null if the change creates it.</summary>
    internal virtual CredentialReference? Existing => null;

    /// <summary>The credential's venue, or null if it is not known.</summary>
    public abstract string? Venue { get; }

    /// <summary>The credential's nickname, or null if it is not known or there is none.</summary>
    public abstract string? Nickname { get; }

    /// <summary>The credential's name in messages, sanitized.</summary>
    public abstract string DisplayName { get; }

    /// <summary>The target of error records: the id or, for a new credential, the nickname or venue.</summary>
    public abstract string? Target { get; }

    /// <summary>Changes with the same key run one after another. Null if the change can run at any time.</summary>
    internal abstract string? ExclusionKey { get; }

    /// <summary>Whether the change may be sent again after the server may have carried it out.</summary>
    internal bool IsRepeatable => ResendClass != RetryClass.Once;

    /// <summary>Whether the change disconnects trading accounts, so that the confirmation prompt names them.</summary>
    internal virtual bool DisconnectsAccounts => false;

    /// <summary>
    /// Whether reconciliation compares server times, so that the server's clock must be known before the change is
    /// sent.
    /// </summary>
    internal virtual bool ReconcilesByTime => false;

    /// <summary>The secrets that the change sends.</summary>
    internal virtual IReadOnlyList<SecureString> Secrets => [];

    /// <summary>Whether the request may be retried after its response was lost.</summary>
    private protected abstract RetryClass ResendClass { get; }

    /// <summary>The same change of the credential as the server knows it.</summary>
    internal virtual ChangeRequest WithCredential(CredentialReference credential) => this;

    /// <summary>
    /// Validates the change. Returns the error as a clause, such as "it has no CredentialId", or null.
    /// </summary>
    internal virtual string? Validate() => null;

    /// <summary>Validates the change for use with a journal. Returns the error as a clause, or null.</summary>
    internal virtual string? ValidateForJournal() => null;

    /// <summary>Sends the change and reconciles it if its response is lost.</summary>
    /// <param name="context">The dependencies.</param>
    /// <param name="earlierRunSince">
    /// The earliest time at which an earlier run may have made the change, by the server's clock, or null if there was
    /// no such run.
    /// </param>
    /// <param name="cancellationToken">The caller's cancellation token.</param>
    /// <exception cref="ApiException">The change failed. See <see cref="CadenzaException.Outcome"/>.</exception>
    internal abstract Task<ApiResult<CadenzaCredential>> ExecuteAsync(
        OperationContext context, DateTimeOffset? earlierRunSince, CancellationToken cancellationToken);

    /// <summary>Checks on the server whether the change was made.</summary>
    /// <param name="context">The dependencies.</param>
    /// <param name="since">The earliest time at which the change may have been made, by the server's clock.</param>
    /// <param name="cancellationToken">The caller's cancellation token.</param>
    internal abstract Task<ReconciliationResult> ReconcileAsync(
        OperationContext context, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Whether this failure is final whatever an earlier run did.</summary>
    internal virtual bool IsSettledBy(ApiException failure) => false;
}
