using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Running;

namespace Cadenza.Client;

/// <summary>One credential that a changing command was given.</summary>
/// <param name="CredentialId">Its id, as given: not yet checked.</param>
/// <param name="Venue">Its venue, if the input told it.</param>
/// <param name="Nickname">Its nickname, if the input told it.</param>
/// <param name="Origin">What is said of an item that has no id, such as "pipeline item 7 (System.DateTime)".</param>
public readonly record struct ChangeItem(string? CredentialId, string? Venue = null, string? Nickname = null, string? Origin = null);

/// <summary>
/// What all changing commands share: check the item, ask, send, and give out exactly one thing for it, the changed credential or one
/// error that tells whether it was changed. Nothing at all only where the answer to the question was no.
/// </summary>
public sealed class ChangeRunner(CadenzaConnection connection, ICommandHost host, ChangeWords words)
{
    private readonly CadenzaClient _client = connection.GetClient();

    /// <summary>Takes one item through to its end.</summary>
    /// <param name="item">The item.</param>
    /// <param name="change">Sends the change for a checked id.</param>
    /// <param name="cancellationToken">Ends the request in flight; its outcome is then unknown.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Process(
        ChangeItem item,
        Func<CadenzaClient, string, CancellationToken, Task<CadenzaCredential>> change,
        CancellationToken cancellationToken)
    {
        if (CredentialId.FindFault(item.CredentialId) is string fault)
        {
            string reason = item.CredentialId is null ? "it has no CredentialId." : $"the CredentialId {fault}.";
            host.Error(ErrorCatalog.ForChangeInput(words, CadenzaErrorKind.InvalidCredentialId, item, reason));
            return;
        }

        string id = item.CredentialId!;
        AskAndSend(CredentialName.Format(item.Venue, item.Nickname, id), id, (client, token) => change(client, id, token), cancellationToken);
    }

    /// <summary>Takes one credential that is to be created through to its end.</summary>
    /// <param name="wanted">What it is created from.</param>
    /// <param name="cancellationToken">Ends the request in flight; its outcome is then unknown.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Create(NewCredential wanted, CancellationToken cancellationToken) =>
        AskAndSend(
            wanted.ToString(), wanted.Nickname ?? wanted.Venue, (client, token) => client.CreateCredentialAsync(wanted, token), cancellationToken);

    private void AskAndSend(
        string name, string target, Func<CadenzaClient, CancellationToken, Task<CadenzaCredential>> change, CancellationToken cancellationToken)
    {
        if (!host.Ask(name, words.ActionIn(connection)))
        {
            return;
        }

        if (connection.TakeProductionWarning())
        {
            host.Warn($"This changes credentials in Production ({connection.Host}). The warning is given once for each connection.");
        }

        CadenzaCredential changed;
        try
        {
            changed = CallerPump.Run(host, (pump, token) => change(_client.ObservedBy(pump), token), cancellationToken);
        }
        catch (CadenzaApiException e)
        {
            host.Error(ErrorCatalog.ForChange(words, target, name, e));
            return;
        }

        host.Write(changed);
    }
}
