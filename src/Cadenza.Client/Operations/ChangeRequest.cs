using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;

namespace Cadenza.Client.Operations;

/// <summary>
/// One change of one credential. Each kind of change is one subclass, which knows its target, whether it may be sent again, how to execute
/// it, how to reconcile a lost answer, and which answers mean that it is done. Nothing else asks which kind it is.
/// </summary>
public abstract class ChangeRequest
{
    private protected ChangeRequest(ChangeKind kind) => Kind = kind;

    /// <summary>What the change is called.</summary>
    public ChangeKind Kind { get; }

    /// <summary>The credential's id; null for one that is to be created.</summary>
    public abstract string? CredentialId { get; }

    /// <summary>The credential's venue; null where it is not known.</summary>
    public abstract string? Venue { get; }

    /// <summary>The credential's nickname; null where it is not known, or it has none.</summary>
    public abstract string? Nickname { get; }

    /// <summary>The credential as messages name it.</summary>
    public abstract string DisplayName { get; }

    /// <summary>What an error is about: the id or, before there is one, the nickname or venue.</summary>
    public abstract string? Target { get; }

    /// <summary>Changes with the same key wait for each other; null where it waits for none.</summary>
    internal abstract string? ExclusionKey { get; }

    /// <summary>Whether sending it again, after it may have been carried out, ends in the same state.</summary>
    internal bool IsRepeatable => ResendClass != RetryClass.Once;

    /// <summary>Whether trading accounts lose the credential, so that a question names them.</summary>
    internal virtual bool DisconnectsAccounts => false;

    /// <summary>Whether reconciling compares times of the server, so that its clock has to be known before the change is sent.</summary>
    internal virtual bool ReconcilesByTime => false;

    /// <summary>Whether a request may be sent again whose answer was lost.</summary>
    private protected abstract RetryClass ResendClass { get; }

    /// <summary>Says why the change cannot be sent, as the rest of a sentence; null where it can.</summary>
    internal virtual string? Validate() => null;

    /// <summary>Says why the change cannot be written to a journal, as the rest of a sentence; null where it can.</summary>
    internal virtual string? ValidateForJournal() => null;

    /// <summary>Makes the change.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="earlierRunSince">Since when an earlier run may have made the change, by the server's clock; null where none has.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="ApiException">The change was not made, or, for outcome Unknown, may have been.</exception>
    internal abstract Task<ApiResult<CadenzaCredential>> ExecuteAsync(
        OperationContext context, DateTimeOffset? earlierRunSince, CancellationToken cancellationToken);

    /// <summary>Asks the server whether the change was made. A server that does not say leaves it uncertain.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="since">The earliest time at which it may have been made, by the server's clock.</param>
    /// <param name="cancellationToken">The caller's.</param>
    internal abstract Task<ReconciliationResult> ReconcileAsync(OperationContext context, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Whether this failure makes it irrelevant what an earlier run did.</summary>
    internal virtual bool IsSettledBy(ApiException failure) => false;
}
