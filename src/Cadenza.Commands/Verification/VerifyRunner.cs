using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Text;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Results;

namespace Cadenza.Commands.Verification;

/// <summary>
/// Verifies credentials. Writes one result for each credential, or one error if it could not be verified, in the order
/// in which the requests complete. Sends several credentials in one request as long as the server supports this.
/// </summary>
internal sealed class VerifyRunner : IDisposable
{
    private const int BatchSize = 20;

    private readonly int _throttleLimit;
    private readonly PipelineDispatcher _dispatcher;
    private readonly CadenzaClient _client;
    private readonly CadenzaConnection _connection;
    private readonly OutageDetector _outage = new();
    private readonly ItemReporter _reporter;
    private readonly VerificationReporter _results;
    private readonly Queue<CredentialReference> _singles = new();
    private List<CredentialReference> _batch = [];
    private bool _supportsBatches = true;
    private bool _hasSentBatch;

    /// <summary>Creates a runner for one command.</summary>
    /// <param name="connection">The connection on which the credentials are verified.</param>
    /// <param name="runtime">The runtime of the command.</param>
    /// <param name="throttleLimit">
    /// The maximum number of requests in flight. If it is 1, the results are written in the order of the items.
    /// </param>
    /// <param name="maxPerMinute">The maximum number of requests per minute; null for no limit.</param>
    /// <param name="asResults">Whether one result is written for each item, instead of objects and errors.</param>
    /// <param name="cancellationToken">Cancels the requests in flight.</param>
    public VerifyRunner(
        CadenzaConnection connection,
        ICommandRuntime runtime,
        int throttleLimit = Throttle.Default,
        int? maxPerMinute = null,
        bool asResults = false,
        CancellationToken cancellationToken = default)
    {
        _throttleLimit = throttleLimit;
        _dispatcher = new PipelineDispatcher(runtime, cancellationToken);
        _connection = connection;
        _client = connection.GetClient().ObservedBy(_dispatcher, maxPerMinute);
        _reporter = new ItemReporter(runtime, connection.Server, "verify", connection.TimeProvider, asResults);
        _results = new VerificationReporter(_reporter, _outage);
    }

    /// <summary>
    /// Processes a credential. Its result may be written during a later call or in <see cref="Complete"/>.
    /// </summary>
    /// <param name="item">
    /// The credential. If it is revoked, that is a result, and no request is sent for it.
    /// </param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Process(CredentialReference item)
    {
        if (ErrorCatalog.ValidateId(item) is CadenzaErrorReport error)
        {
            Refuse(item, error);
            return;
        }

        if (ServerCheck.Validate(item, _connection) is string otherServer)
        {
            string name = DisplayName.Format(item.Venue, item.Nickname, item.CredentialId!);
            string message = Messages.NotVerified(ErrorCatalog.Capitalize(name, item.CredentialId), otherServer);
            Refuse(item, ErrorCatalog.ForInput(CadenzaErrorKind.WrongServer, message, item.CredentialId));
            return;
        }

        if (CredentialStatus.IsRevoked(item.Status))
        {
            ProcessRevoked(item);
            return;
        }

        if (!MaySend())
        {
            _reporter.WriteNotSent(new ReportedItem(item));
            return;
        }

        _batch.Add(item);
        if (!_supportsBatches || _batch.Count == BatchSize)
        {
            StartBatch();
        }
    }

    /// <summary>Writes the error of an item that cannot be verified.</summary>
    public void Refuse(CredentialReference item, CadenzaErrorReport error)
    {
        _reporter.WriteFailure(new ReportedItem(item), error);
        MayContinue();
    }

    /// <summary>Writes the result of an item that is not sent because nothing is to be done for it.</summary>
    public void Skip(CredentialReference item, string reason) => _reporter.WriteIdle(
        new ReportedItem(item), new ResultDetails(ResultOutcome.Skipped) { Message = reason, Attempts = 0 });

    /// <summary>Waits for the requests in flight and writes their results.</summary>
    public void Complete()
    {
        StartBatch();
        _dispatcher.Drain();
        StartSingles();
        _dispatcher.Drain();
        MayContinue();
        _reporter.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _dispatcher.Shutdown();
        _dispatcher.Dispose();
    }

    private void ProcessRevoked(CredentialReference item)
    {
        if (_throttleLimit == 1)
        {
            // The results have the order of the items.
            StartBatch();
        }

        var result = VerificationResult.Revoked(item.CredentialId!);
        Start(_ => Task.FromResult<Action?>(() => _results.Write(new ReportedItem(item), result)), item);
    }

    private void StartBatch()
    {
        List<CredentialReference> items = _batch;
        _batch = [];
        if (_supportsBatches && items.Count > 1)
        {
            Start(token => VerifyBatchAsync(items, token), [.. items]);
            if (!_hasSentBatch)
            {
                _dispatcher.Drain();
                _hasSentBatch = true;
            }
        }
        else
        {
            items.ForEach(_singles.Enqueue);
        }

        StartSingles();
    }

    private void StartSingles()
    {
        while (_singles.Count > 0)
        {
            CredentialReference item = _singles.Dequeue();
            Start(token => VerifyOneAsync(item, token), item);
        }
    }

    /// <summary>Starts a request, or writes that its items are not sent.</summary>
    private void Start(Func<CancellationToken, Task<Action?>> operation, params CredentialReference[] items)
    {
        _dispatcher.WaitForSlot(_throttleLimit);
        if (!MaySend())
        {
            foreach (CredentialReference item in items)
            {
                _reporter.WriteNotSent(new ReportedItem(item));
            }

            return;
        }

        _dispatcher.Start(operation);
        if (_throttleLimit == 1)
        {
            _dispatcher.Drain();
            MayContinue();
        }
    }

    private async Task<Action?> VerifyBatchAsync(List<CredentialReference> items, CancellationToken cancellationToken)
    {
        string[] ids = items.Select(static item => item.CredentialId!).ToArray();
        DateTimeOffset began = _client.TimeProvider.GetUtcNow();
        try
        {
            IReadOnlyList<VerificationResult>? results = await _client
                .TryVerifyCredentialsAsync(ids, cancellationToken).ConfigureAwait(false);
            if (results is not null)
            {
                return () =>
                {
                    _outage.Observe(null);
                    for (int i = 0; i < items.Count; i++)
                    {
                        _results.Write(new ReportedItem(items[i], began), results[i]);
                    }
                };
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            ApiException failure = e as ApiException ?? UnexpectedFailure.From(e);
            return () => items.ForEach(item => _results.WriteFailure(new ReportedItem(item, began), failure));
        }

        return () =>
        {
            // The server does not support batches, or one credential makes the batch fail: send single requests now.
            _supportsBatches = false;
            items.ForEach(_singles.Enqueue);
        };
    }

    private async Task<Action?> VerifyOneAsync(CredentialReference item, CancellationToken cancellationToken)
    {
        var reported = new ReportedItem(item, _client.TimeProvider.GetUtcNow());
        try
        {
            VerificationResult result = await _client
                .VerifyCredentialAsync(item.CredentialId!, cancellationToken).ConfigureAwait(false);
            return () =>
            {
                _outage.Observe(null);
                _results.Write(reported, result);
            };
        }
        catch (ApiException e) when (e.Kind == CadenzaErrorKind.InvalidRequest)
        {
            // A server can reject a revoked credential in the same way as an invalid request.
            bool isRevoked = await IsRevokedAsync(item.CredentialId!, cancellationToken).ConfigureAwait(false);
            return isRevoked
                ? () => _results.Write(reported, VerificationResult.Revoked(item.CredentialId!))
                : () => _results.WriteFailure(reported, e);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            ApiException failure = e as ApiException ?? UnexpectedFailure.From(e);
            return () => _results.WriteFailure(reported, failure);
        }
    }

    private async Task<bool> IsRevokedAsync(string credentialId, CancellationToken cancellationToken)
    {
        var filter = new CredentialFilter { CredentialIds = [credentialId], First = 1 };
        CadenzaCredential? found = null;
        try
        {
            await _client.ListCredentialsAsync(filter, row => found ??= row.Credential, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException)
        {
            // The error of the verification is reported.
        }

        return found is not null && CredentialStatus.GroupOf(found) == CredentialStatusGroup.Revoked;
    }

    /// <summary>Whether the next request may be sent.</summary>
    private bool MaySend()
    {
        if (_outage.IsServerDown && !_reporter.IsEnding)
        {
            _reporter.End(ErrorCatalog.ForOutage());
        }

        return MayContinue();
    }

    /// <summary>
    /// Whether more may be sent. Before an error ends the command, the results of all requests in flight are written.
    /// </summary>
    private bool MayContinue()
    {
        if (!_reporter.IsEnding)
        {
            return true;
        }

        _dispatcher.Drain();
        _reporter.ThrowIfEnding();
        return !_reporter.IsEnding;
    }
}
