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
/// Has credentials verified: each gives one result, or one error where it could not be found out, in the order they finish. Asks for
/// several by one call for as long as the server's dialect allows it, which the first such call tells.
/// </summary>
public sealed class VerifyRunner : IDisposable
{
    private const int BatchSize = 20;

    private readonly ICommandRuntime _runtime;
    private readonly int _throttleLimit;
    private readonly PipelineDispatcher _dispatcher;
    private readonly CadenzaClient _client;
    private readonly DeferredTerminatingError _terminating;
    private readonly Queue<CredentialReference> _singles = new();
    private List<CredentialReference> _batch = [];
    private bool _mayBatch = true;
    private bool _hasBatched;

    /// <summary>A runner for one command.</summary>
    /// <param name="connection">Where they are verified.</param>
    /// <param name="runtime">The caller's side.</param>
    /// <param name="throttleLimit">How many calls may be in flight; with 1 the results come in the order of the items.</param>
    /// <param name="cancellationToken">Ends the calls in flight.</param>
    public VerifyRunner(CadenzaConnection connection, ICommandRuntime runtime, int throttleLimit = Throttle.Default, CancellationToken cancellationToken = default)
    {
        _runtime = runtime;
        _throttleLimit = throttleLimit;
        _terminating = new DeferredTerminatingError(runtime);
        _dispatcher = new PipelineDispatcher(runtime, cancellationToken);
        _client = connection.GetClient().ObservedBy(_dispatcher);
    }

    /// <summary>Takes one credential; its result may come with a later one or with <see cref="Complete"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Process(CredentialReference item)
    {
        if (ErrorCatalog.ValidateId(item) is CadenzaErrorReport error)
        {
            _terminating.Add(error);
            ThrowIfTerminating();
            return;
        }

        _batch.Add(item);
        if (!_mayBatch || _batch.Count == BatchSize)
        {
            StartBatch();
        }
    }

    /// <summary>Gives out what is still awaited.</summary>
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

    private void StartBatch()
    {
        List<CredentialReference> items = _batch;
        _batch = [];
        if (_mayBatch && items.Count > 1)
        {
            Start(token => VerifyBatchAsync(items, token));
            if (!_hasBatched)
            {
                _dispatcher.Drain();
                _hasBatched = true;
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
            Start(token => VerifyOneAsync(item, token));
        }
    }

    private void Start(Func<CancellationToken, Task<Action?>> work)
    {
        _dispatcher.WaitForSlot(_throttleLimit);
        ThrowIfTerminating();
        _dispatcher.Start(work);
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
            IReadOnlyList<VerificationResult>? results = await _client.TryVerifyCredentialsAsync(ids, cancellationToken).ConfigureAwait(false);
            if (results is not null)
            {
                return () => results.ToList().ForEach(_runtime.WriteObject);
            }
        }
        catch (ApiException e)
        {
            return () => items.ForEach(item => _terminating.Add(ReportOn(item, e)));
        }

        return () =>
        {
            // Either the dialect does not allow it, or one of them spoils it for all: no use to try again and again.
            _mayBatch = false;
            items.ForEach(_singles.Enqueue);
        };
    }

    private async Task<Action?> VerifyOneAsync(CredentialReference item, CancellationToken cancellationToken)
    {
        try
        {
            VerificationResult result = await _client.VerifyCredentialAsync(item.CredentialId!, cancellationToken).ConfigureAwait(false);
            return () => _runtime.WriteObject(result);
        }
        catch (ApiException e)
        {
            return () => _terminating.Add(ReportOn(item, e));
        }
    }

    private static CadenzaErrorReport ReportOn(CredentialReference item, ApiException exception) => ErrorCatalog.ForVerification(
        item.CredentialId!, DisplayName.Format(item.Venue, item.Nickname, item.CredentialId!), exception);

    /// <summary>An error that ends the command waits until everything in flight has told its outcome.</summary>
    private void ThrowIfTerminating()
    {
        if (_terminating.IsPending)
        {
            _dispatcher.Drain();
            _terminating.Throw();
        }
    }
}
