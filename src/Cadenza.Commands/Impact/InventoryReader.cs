using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Impact;

/// <summary>Reads all credentials and trading accounts concurrently.</summary>
internal static class InventoryReader
{
    /// <summary>
    /// Reads both lists. Writes one error for each credential that cannot be read, and one warning if the trading
    /// accounts cannot be read completely. The inventory contains these messages as notes.
    /// </summary>
    /// <param name="client">The client that reads the lists.</param>
    /// <param name="runtime">The runtime of the command.</param>
    /// <param name="filter">The filter for credentials; null to read the trading accounts only.</param>
    /// <param name="cancellationToken">Cancels both requests.</param>
    /// <returns>The inventory; null if the list of credentials failed, after an error was written.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Inventory? Read(
        CadenzaClient client, ICommandRuntime runtime, CredentialFilter? filter, CancellationToken cancellationToken)
    {
        var reading = new Reading(runtime);
        try
        {
            ImpactSource impacts = PipelineDispatcher.Run(
                runtime,
                (dispatcher, token) => reading.RunAsync(client, filter, dispatcher, token),
                cancellationToken);
            if (impacts.UnknownBecause is not null)
            {
                reading.AddWarning(Messages.RulesNotApplied(impacts.UnknownBecause));
            }

            return new Inventory(reading.Credentials, reading.IsComplete, impacts, reading.Notes);
        }
        catch (ApiException e)
        {
            runtime.WriteError(ErrorCatalog.ForFailure(e));
            return null;
        }
    }

    /// <summary>The results of the requests. Notes are added on the thread of the caller only.</summary>
    private sealed class Reading(ICommandRuntime runtime)
    {
        public List<CadenzaCredential> Credentials { get; } = [];

        public bool IsComplete { get; private set; } = true;

        public List<string> Notes { get; } = [];

        public void AddWarning(string sentence)
        {
            Notes.Add(sentence);
            runtime.WriteWarning(sentence);
        }

        public async Task<ImpactSource> RunAsync(
            CadenzaClient client,
            CredentialFilter? filter,
            PipelineDispatcher dispatcher,
            CancellationToken cancellationToken)
        {
            client = client.ObservedBy(dispatcher);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task<ImpactSource> accounts = ImpactSource.LoadAsync(client, stop.Token);
            try
            {
                if (filter is not null)
                {
                    await client
                        .ListCredentialsAsync(filter, row => AddRow(row, dispatcher), cancellationToken)
                        .ConfigureAwait(false);
                }
            }
            catch
            {
                // Without the credentials, the accounts are not needed.
                stop.Cancel();
                await accounts
                    .ContinueWith(
                        static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)
                    .ConfigureAwait(false);
                throw;
            }

            return await accounts.ConfigureAwait(false);
        }

        private void AddRow(CredentialRow row, PipelineDispatcher dispatcher)
        {
            if (row.Credential is not null)
            {
                Credentials.Add(row.Credential);
            }
            else if (row.Error is not null)
            {
                IsComplete = false;
                dispatcher.Post(() => AddError(row.Error, row.MissingId));
            }
            else if (row.Warning is not null)
            {
                IsComplete = false;
                dispatcher.Post(() => AddWarning(row.Warning));
            }
        }

        private void AddError(ApiException error, string? missingId)
        {
            Notes.Add(error.Message);
            runtime.WriteError(ErrorCatalog.ForFailure(error, missingId));
        }
    }
}
