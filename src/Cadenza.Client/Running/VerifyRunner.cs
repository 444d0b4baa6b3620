using System;
using System.Threading;
using Cadenza.Client.Running;

namespace Cadenza.Client;

/// <summary>Has credentials verified, one by one: each gives one result, or one error where it could not be found out.</summary>
public sealed class VerifyRunner(CadenzaConnection connection, ICommandHost host)
{
    private readonly CadenzaClient _client = connection.GetClient();

    /// <summary>Verifies one credential.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Process(ChangeItem item, CancellationToken cancellationToken)
    {
        if (CredentialId.FindFault(item.CredentialId) is string fault)
        {
            string message = item.CredentialId is null ? $"There is no CredentialId in {item.Origin ?? "it"}." : $"The CredentialId {fault}.";
            host.Error(ErrorCatalog.ForInput(CadenzaErrorKind.InvalidCredentialId, message, item.CredentialId ?? item.Origin));
            return;
        }

        string id = item.CredentialId!;
        VerificationResult result;
        try
        {
            result = CallerPump.Run(host, (pump, token) => _client.ObservedBy(pump).VerifyCredentialAsync(id, token), cancellationToken);
        }
        catch (CadenzaApiException e)
        {
            host.Error(ErrorCatalog.ForVerification(id, CredentialName.Format(item.Venue, item.Nickname, id), e));
            return;
        }

        host.Write(result);
    }
}
