using System;
using System.Threading;
using Cadenza.Client;
using Cadenza.Client.Models;
using Cadenza.Commands.Listing;

namespace Cadenza.Commands.Impact;

/// <summary>
/// Determines the effect of revoking the credentials of a command's input. It lists the trading accounts once and,
/// unless this connection has just read the credentials, the credentials once.
/// </summary>
internal sealed class ImpactReader(CadenzaClient client, ICommandRuntime runtime, CancellationToken cancellationToken)
{
    private ImpactSource? _source;
    private CurrentCredentials? _current;

    /// <summary>
    /// Returns the effect of revoking a credential, by its state on the server. The effect on a credential that the
    /// server does not have is unknown.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public CredentialImpact Of(in CredentialReference item)
    {
        _source ??= ImpactRunner.Load(client, runtime, cancellationToken);
        if (client.IsFresh(item))
        {
            return _source.Of(item);
        }

        _current ??= CurrentCredentials.Load(client, runtime, cancellationToken);
        return (_current.Find(item.CredentialId!), _current.Failure) switch
        {
            (CadenzaCredential actual, _) => _source.Of(actual),
            (null, null) => ImpactSource.Unknown(item, Messages.NoSuchCredential),
            (null, string failure) => ImpactSource.Unknown(item, Messages.ListFailed(failure)),
        };
    }
}
