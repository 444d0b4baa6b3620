using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Impact;

/// <summary>Reads credentials and trading accounts for a command that needs both whole, at the same time.</summary>
public static class InventoryReader
{
    /// <summary>
    /// Reads both. An element of the credential list that cannot be read is one error, and accounts that are not known are one warning;
    /// either is noted in the inventory.
    /// </summary>
    /// <param name="client">Where they are listed.</param>
    /// <param name="runtime">The caller's side.</param>
    /// <param name="filter">Which credentials are listed; null for none, where only the accounts are wanted.</param>
    /// <param name="cancellationToken">Ends both lists.</param>
    /// <returns>The inventory; null where the list of credentials failed and the host was told so.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Inventory? Read(CadenzaClient client, ICommandRuntime runtime, CredentialFilter? filter, CancellationToken cancellationToken)
    {
        var reading = new Reading(runtime);
        try
        {
            ImpactSource impacts = PipelineDispatcher.Run(runtime, (dispatcher, token) => reading.RunAsync(client, filter, dispatcher, token), cancellationToken);
            if (impacts.UnknownBecause is not null)
            {
                reading.Note("Which trading accounts use the credentials is not known, so nothing was judged that depends on it: " + impacts.UnknownBecause);
            }

            return new Inventory(reading.Credentials, impacts, reading.Notes);
        }
        catch (ApiException e)
        {
            runtime.WriteError(ErrorCatalog.ForFailure(e));
            return null;
        }
    }

    /// <summary>What has been read so far. Credentials are added as they come, notes on the caller's thread.</summary>
    private sealed class Reading(ICommandRuntime runtime)
    {
        public List<CadenzaCredential> Credentials { get; } = [];

        public List<string> Notes { get; } = [];

        public void Note(string sentence)
        {
            Notes.Add(sentence);
            runtime.WriteWarning(sentence);
        }

        public async Task<ImpactSource> RunAsync(CadenzaClient client, CredentialFilter? filter, PipelineDispatcher dispatcher, CancellationToken cancellationToken)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task<ImpactSource> accounts = ImpactSource.LoadAsync(client.ObservedBy(dispatcher), stop.Token);
            try
            {
                if (filter is not null)
                {
                    await client.ObservedBy(dispatcher).ListCredentialsAsync(filter, row => Take(row, dispatcher), cancellationToken).ConfigureAwait(false);
                }
            }
            catch
            {
                // Without the credentials nobody waits for the accounts.
                stop.Cancel();
                await accounts.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
                throw;
            }

            return await accounts.ConfigureAwait(false);
        }

        private void Take(CredentialRow row, PipelineDispatcher dispatcher)
        {
            if (row.Credential is not null)
            {
                Credentials.Add(row.Credential);
            }
            else if (row.Error is not null)
            {
                dispatcher.Post(() => Fail(row.Error, row.MissingId));
            }
            else if (row.Warning is not null)
            {
                dispatcher.Post(() => Note(row.Warning));
            }
        }

        private void Fail(ApiException error, string? missingId)
        {
            Notes.Add(error.Message);
            runtime.WriteError(ErrorCatalog.ForFailure(error, missingId));
        }
    }
}
