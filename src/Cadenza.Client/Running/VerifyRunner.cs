using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Cadenza.Client.Running;

namespace Cadenza.Client;

/// <summary>
/// Has credentials verified: each gives one result, or one error where it could not be found out, in the order they came (input that cannot be one is refused at once). Asks for several
/// by one call for as long as the server's dialect allows it.
/// </summary>
public sealed class VerifyRunner(CadenzaConnection connection, ICommandHost host)
{
    private const int BatchSize = 20;

    private readonly CadenzaClient _client = connection.GetClient();
    private readonly List<ChangeItem> _batch = [];
    private bool _mayBatch = true;

    /// <summary>Takes one credential; its result may come with a later one or with <see cref="Complete"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Process(ChangeItem item, CancellationToken cancellationToken)
    {
        if (CredentialId.FindFault(item.CredentialId) is string fault)
        {
            string message = item.CredentialId is null ? $"There is no CredentialId in {item.Origin ?? "it"}." : $"The CredentialId {fault}.";
            host.Error(ErrorCatalog.ForInput(CadenzaErrorKind.InvalidCredentialId, message, item.CredentialId ?? item.Origin));
            return;
        }

        _batch.Add(item);
        if (!_mayBatch || _batch.Count == BatchSize)
        {
            Complete(cancellationToken);
        }
    }

    /// <summary>Gives out what is still awaited.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Complete(CancellationToken cancellationToken)
    {
        ChangeItem[] items = _batch.ToArray();
        _batch.Clear();
        if (_mayBatch && items.Length > 1 && TryBatch(items, cancellationToken))
        {
            return;
        }

        foreach (ChangeItem item in items)
        {
            VerifyOne(item, cancellationToken);
        }
    }

    private bool TryBatch(ChangeItem[] items, CancellationToken cancellationToken)
    {
        string[] ids = items.Select(static item => item.CredentialId!).ToArray();
        try
        {
            IReadOnlyList<VerificationResult>? results = CallerPump.Run(
                host, (pump, token) => _client.ObservedBy(pump).TryVerifyCredentialsAsync(ids, token), cancellationToken);
            if (results is null)
            {
                // Either the dialect does not allow it, or one of them spoils it for all: no use to try again and again.
                _mayBatch = false;
                return false;
            }

            foreach (VerificationResult result in results)
            {
                host.Write(result);
            }
        }
        catch (CadenzaApiException e)
        {
            foreach (ChangeItem item in items)
            {
                Fail(item, e);
            }
        }

        return true;
    }

    private void VerifyOne(ChangeItem item, CancellationToken cancellationToken)
    {
        string id = item.CredentialId!;
        VerificationResult result;
        try
        {
            result = CallerPump.Run(host, (pump, token) => _client.ObservedBy(pump).VerifyCredentialAsync(id, token), cancellationToken);
        }
        catch (CadenzaApiException e)
        {
            Fail(item, e);
            return;
        }

        host.Write(result);
    }

    private void Fail(ChangeItem item, CadenzaApiException exception) =>
        host.Error(ErrorCatalog.ForVerification(
            item.CredentialId!, CredentialName.Format(item.Venue, item.Nickname, item.CredentialId!), exception));
}
