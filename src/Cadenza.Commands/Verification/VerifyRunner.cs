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

namespace Cadenza.Commands.Verification;

/// <summary>
/// Verifies credentials. Writes one result for each credential, or one error if it could not be verified, in the order
/// in which the requests complete. Sends several credentials in one request as long as the server supports this.
/// </summary>
internal sealed class VerifyRunner : IDisposable
{
    private const int BatchSize = 20;

    private readonly ICommandRuntime _runtime;
    private readonly int _throttleLimit;
    private readonly PipelineDispatcher _dispatcher;
    private readonly CadenzaClient _client;
    private readonly CadenzaConnection _connection;
    private readonly OutageDetector _outage = new();
    private readonly DeferredTerminatingError _terminating;
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
    /// <param name="cancellationToken">Cancels the requests in flight.</param>
    public VerifyRunner(
        CadenzaConnection connection,
        ICommandRuntime runtime,
        int throttleLimit = Throttle.Default,
        int? maxPerMinute = null,
        CancellationToken cancellationToken = default)
    {
        _runtime = runtime;
        _throttleLimit = throttleLimit;
        _terminating = new DeferredTerminatingError(runtime);
        _dispatcher = new PipelineDispatcher(runtime, cancellationToken);
        _connection = connection;
        _client = connection.GetClient().ObservedBy(_dispatcher, maxPerMinute);
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
            _terminating.Add(error);
            ThrowIfTerminating();
            return;
        }

        if (ServerCheck.Validate(item, _connection) is string otherServer)
        {
            string name = DisplayName.Format(item.Venue, item.Nickname, item.CredentialId!);
            string message = Messages.NotVerified(ErrorCatalog.Capitalize(name, item.CredentialId), otherServer);
            _terminating.Add(ErrorCatalog.ForInput(CadenzaErrorKind.WrongServer, message, item.CredentialId));
            return;
        }

        if (CredentialStatus.IsRevoked(item.Status))
        {
            ProcessRevoked(item);
            return;
        }

        if (_outage.IsServerDown)
        {
            _terminating.Add(ErrorCatalog.ForOutage());
            ThrowIfTerminating();
            return;
        }

        _batch.Add(item);
        if (!_supportsBatches || _batch.Count == BatchSize)
        {
            StartBatch();
        }
    }

    /// <summary>Waits for the requests in flight and writes their results.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Complete()
    {
        StartBatch();
        _dispatcher.Drain();
        StartSingles();
        _dispatcher.Drain();
        ThrowIfTerminating();
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

        Start(_ => Task.FromResult<Action?>(() => Write(item, VerificationResult.Revoked(item.CredentialId!))));
    }

    private void StartBatch()
    {
        List<CredentialReference> items = _batch;
        _batch = [];
        if (_supportsBatches && items.Count > 1)
        {
            Start(token => VerifyBatchAsync(items, token));
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
            if (_outage.IsServerDown)
            {
                _singles.Clear();
                _terminating.Add(ErrorCatalog.ForOutage());
                break;
            }

            CredentialReference item = _singles.Dequeue();
            Start(token => VerifyOneAsync(item, token));
        }
    }

    private void Start(Func<CancellationToken, Task<Action?>> operation)
    {
        _dispatcher.WaitForSlot(_throttleLimit);
        ThrowIfTerminating();
        _dispatcher.Start(operation);
        if (_throttleLimit == 1)
        {
            _dispatcher.Drain();
            ThrowIfTerminating();
        }
    }

    private async Task<Action?> VerifyBatchAsync(List<CredentialReference> items, CancellationToken cancellationToken)
    {
        string[] ids = items.Select(static item => item.CredentialId!).ToArray();
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
                        Write(items[i], results[i]);
                    }
                };
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            ApiException failure = e as ApiException ?? UnexpectedFailure.From(e);
            return () => items.ForEach(item =>
            {
                _outage.Observe(failure);
                _terminating.Add(CreateError(item, failure));
            });
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
        try
        {
            VerificationResult result = await _client
                .VerifyCredentialAsync(item.CredentialId!, cancellationToken).ConfigureAwait(false);
            return () =>
            {
                _outage.Observe(null);
                Write(item, result);
            };
        }
        catch (ApiException e) when (e.Kind == CadenzaErrorKind.InvalidRequest)
        {
            // A server can reject a revoked credential in the same way as an invalid request.
            bool isRevoked = await IsRevokedAsync(item.CredentialId!, cancellationToken).ConfigureAwait(false);
            return isRevoked
                ? () => Write(item, VerificationResult.Revoked(item.CredentialId!))
                : () => _terminating.Add(CreateError(item, e));
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            ApiException failure = e as ApiException ?? UnexpectedFailure.From(e);
            return () =>
            {
                _outage.Observe(failure);
                _terminating.Add(CreateError(item, failure));
            };
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

    private void Write(CredentialReference item, VerificationResult result) => _runtime.WriteObject(
        result.WithName(SanitizeName(item.Venue), SanitizeName(item.Nickname)));

    private static string? SanitizeName(string? name) =>
        string.IsNullOrEmpty(name) ? null : TextSanitizer.Sanitize(name!);

    private static CadenzaErrorReport CreateError(CredentialReference item, ApiException exception)
    {
        string name = DisplayName.Format(item.Venue, item.Nickname, item.CredentialId!);
        return ErrorCatalog.ForVerification(item.CredentialId!, name, exception);
    }

    /// <summary>Before an error ends the command, the results of all requests in flight are written.</summary>
    private void ThrowIfTerminating()
    {
        if (_terminating.IsPending)
        {
            _dispatcher.Drain();
            _terminating.Throw();
        }
    }
}
