using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Json;
using Cadenza.Client.Models;

namespace Cadenza.Client.Operations;

/// <summary>
/// Creates a credential (contract: <c>POST /credential/create</c>). Never sent again once it may have arrived, since it would make two:
/// where the answer is lost, what was created is looked for by venue, nickname and time.
/// </summary>
public sealed class CreateRequest(NewCredential wanted) : ChangeRequest(ChangeKind.Create)
{
    /// <summary>How much earlier than the server's clock says a credential may be created: its Date header has whole seconds.</summary>
    internal static readonly TimeSpan ClockMargin = TimeSpan.FromSeconds(2);

    /// <summary>How often the list is read: what a proxy gave up on may still be on its way.</summary>
    private const int MaxReads = 4;

    /// <inheritdoc/>
    public override string? CredentialId => null;

    /// <inheritdoc/>
    public override string? Venue => wanted.Venue;

    /// <inheritdoc/>
    public override string? Nickname => wanted.Nickname;

    /// <inheritdoc/>
    public override string DisplayName => wanted.ToString();

    /// <inheritdoc/>
    public override string? Target => wanted.Nickname ?? wanted.Venue;

    /// <summary>Two of one name must not be reconciled at the same time. Nameless ones never are.</summary>
    internal override string? ExclusionKey => HasNickname ? $"{wanted.Venue}\n{wanted.Nickname}" : null;

    internal override bool ReconcilesByTime => true;

    private protected override RetryClass ResendClass => RetryClass.Once;

    private bool HasNickname => !string.IsNullOrEmpty(wanted.Nickname);

    internal override string? ValidateForJournal() => HasNickname ? null : "with a journal each needs a nickname, by which it is known again";

    internal override async Task<ApiResult<CadenzaCredential>> ExecuteAsync(
        OperationContext context, DateTimeOffset? earlierRunSince, CancellationToken cancellationToken)
    {
        DateTimeOffset since = context.Connection.ServerClock.UtcNow - ClockMargin;
        try
        {
            return await context.Sender.ExecuteAsync(
                CredentialRequests.Create(wanted, ResendClass),
                static response => ResponseInterpreter.ReadItemAsync(response, CredentialReader.Read),
                cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Outcome is RequestOutcome.Unknown or RequestOutcome.Applied)
        {
            if (!HasNickname)
            {
                // Any other nameless one of the venue would look like it.
                throw e.WithMessage(e.Message + " Without a nickname it cannot be looked for.");
            }

            ReconciliationResult result = await ReconcileAfterAsync(e, context, since, cancellationToken).ConfigureAwait(false);
            return result.Found is CadenzaCredential found
                ? new ApiResult<CadenzaCredential>(found, e.Attempts, e.RequestId)
                : throw e.WithMessage(e.Message + " It was looked for, and not found for certain.");
        }
        catch (ApiException e) when (e.Kind == CadenzaErrorKind.AlreadyExists && earlierRunSince is not null)
        {
            // What an earlier run sent may have arrived, though it may be another one of that name.
            ReconciliationResult result = await ReconcileAfterAsync(e, context, earlierRunSince.Value, cancellationToken).ConfigureAwait(false);
            if (result.Found is null)
            {
                throw;
            }

            return new ApiResult<CadenzaCredential>(result.Found, e.Attempts, e.RequestId);
        }
    }

    /// <summary>All reads together have the time of one call.</summary>
    internal override async Task<ReconciliationResult> ReconcileAsync(
        OperationContext context, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (!HasNickname)
        {
            return ReconciliationResult.Uncertain;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        context.Options.Clock.CancelAfter(deadline, context.Options.RetryTimeout);
        var absent = new AbsenceNote();
        try
        {
            return await FindRepeatedlyAsync(context, since, absent, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return absent.ToResult();
        }
    }

    /// <summary>A cancellation while it is looked for still tells how often the creation was sent.</summary>
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
        OperationContext context, DateTimeOffset since, AbsenceNote absent, CancellationToken cancellationToken)
    {
        for (int read = 0; read < MaxReads; read++)
        {
            await context.Options.Clock.Delay(TimeSpan.FromSeconds(read == 0 ? 0 : 1 << (read - 1)), cancellationToken).ConfigureAwait(false);
            if (await TryListAsync(context, since, cancellationToken).ConfigureAwait(false) is not List<CadenzaCredential> found)
            {
                // A list that cannot be had proves nothing.
                continue;
            }

            absent.IsListed = found.Count == 0;
            if (found.Count > 0)
            {
                // Of two that could be it nobody can tell which is ours.
                return found.Count == 1 ? new ReconciliationResult(found[0], IsAbsent: false) : ReconciliationResult.Uncertain;
            }
        }

        return absent.ToResult();
    }

    /// <summary>What could be the one that was created; null where the list could not be had, or not all of it.</summary>
    private async Task<List<CadenzaCredential>?> TryListAsync(OperationContext context, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = new List<CadenzaCredential>();
        try
        {
            await CredentialLister.ListAsync(
                context.Sender,
                new CredentialFilter { Where = credential => wanted.CouldBe(credential, since) },
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

    /// <summary>Whether the last list that could be read does not hold it.</summary>
    private sealed class AbsenceNote
    {
        public bool IsListed { get; set; }

        public ReconciliationResult ToResult() => IsListed ? ReconciliationResult.Absent : ReconciliationResult.Uncertain;
    }
}
