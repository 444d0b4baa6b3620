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
/// Creates a credential, to its end. A create is never sent twice once it may have arrived, since it would make two: where its answer is
/// lost, what was created is looked for instead.
/// </summary>
internal sealed class CredentialCreation(RequestSender sender, ServerClock serverClock, CadenzaClientOptions options)
{
    /// <summary>How much earlier than by the server's clock as we know it a credential may be created: its Date header has whole seconds.</summary>
    internal static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>How often it is looked for: what a proxy gave up on may still be on its way.</summary>
    private const int Looks = 4;

    /// <summary>Creates it.</summary>
    /// <exception cref="CadenzaApiException">It was not created, or, for outcome Unknown, may have been.</exception>
    public async Task<CadenzaCredential> RunAsync(NewCredential wanted, CancellationToken cancellationToken)
    {
        DateTimeOffset since = serverClock.UtcNow - Margin;
        try
        {
            return await sender.SendAsync(
                CredentialRequests.Create(wanted),
                static response => ResponseInterpreter.ReadItemAsync(response, CredentialReader.Read),
                cancellationToken).ConfigureAwait(false);
        }
        catch (CadenzaApiException e) when (e.Outcome is RequestOutcome.Unknown or RequestOutcome.Applied)
        {
            if (string.IsNullOrEmpty(wanted.Nickname))
            {
                // Any other nameless one of the venue would look like it.
                throw e.WithMessage(e.Message + " Without a nickname it cannot be looked for.");
            }

            return await FindCreatedAsync(wanted, since, onListed: null, cancellationToken).ConfigureAwait(false)
                ?? throw e.WithMessage(e.Message + " It was looked for, and not found for certain.");
        }
    }

    /// <summary>Looks for what an earlier run may have created, as often as after a lost answer.</summary>
    public async Task<ReconciliationResult> ReconcileAsync(NewCredential wanted, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(wanted.Nickname))
        {
            return ReconciliationResult.Uncertain;
        }

        bool isListed = false;
        CadenzaCredential? found = await FindCreatedAsync(wanted, since, count => isListed = count == 0, cancellationToken).ConfigureAwait(false);
        return found is not null ? new ReconciliationResult(found, IsAbsent: false) : isListed ? ReconciliationResult.Absent : ReconciliationResult.Uncertain;
    }

    /// <summary>All looks together have the time of one call.</summary>
    private async Task<CadenzaCredential?> FindCreatedAsync(
        NewCredential wanted, DateTimeOffset since, Action<int>? onListed, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        options.Clock.CancelAfter(enough, options.RetryTimeout);
        try
        {
            return await FindRepeatedlyAsync(wanted, since, onListed, enough.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<CadenzaCredential?> FindRepeatedlyAsync(
        NewCredential wanted, DateTimeOffset since, Action<int>? onListed, CancellationToken cancellationToken)
    {
        for (int look = 0; look < Looks; look++)
        {
            await options.Clock.Delay(TimeSpan.FromSeconds(look == 0 ? 0 : 1 << (look - 1)), cancellationToken).ConfigureAwait(false);
            var found = new List<CadenzaCredential>();
            try
            {
                await CredentialLister.ListAsync(
                    sender,
                    new CredentialFilter { Where = credential => wanted.CouldBe(credential, since) },
                    row =>
                    {
                        if (row.Credential is not null)
                        {
                            found.Add(row.Credential);
                        }
                    },
                    cancellationToken).ConfigureAwait(false);
            }
            catch (CadenzaApiException)
            {
                // A list that cannot be had proves nothing: not that it is absent, and a part of it not that it is the only one.
                continue;
            }

            onListed?.Invoke(found.Count);
            if (found.Count > 0)
            {
                // Two that could be it: which of them is ours, nobody can tell.
                return found.Count == 1 ? found[0] : null;
            }
        }

        return null;
    }
}
