using System;
using System.Collections.Generic;
using System.Threading;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Listing;

/// <summary>All credentials of the server at one time, by id.</summary>
internal sealed class CurrentCredentials
{
    private readonly Dictionary<string, CadenzaCredential> _credentials = new(CredentialIdComparer.Instance);

    private CurrentCredentials()
    {
    }

    /// <summary>Why the list is missing or incomplete, as a sentence; null if it is complete.</summary>
    public string? Failure { get; private set; }

    /// <summary>Returns the credential with this id, or null if it is not in the list.</summary>
    public CadenzaCredential? Find(string credentialId) =>
        _credentials.TryGetValue(credentialId, out CadenzaCredential? found) ? found : null;

    /// <summary>Reads the list. A failure is not thrown, because it may not matter.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CurrentCredentials Load(
        CadenzaClient client, ICommandRuntime runtime, CancellationToken cancellationToken)
    {
        var current = new CurrentCredentials();
        try
        {
            PipelineDispatcher.Run(
                runtime,
                (dispatcher, token) => client
                    .ObservedBy(dispatcher).ListCredentialsAsync(CredentialFilter.All, current.Add, token),
                cancellationToken);
        }
        catch (ApiException e)
        {
            current.Failure = e.Message;
        }

        return current;
    }

    private void Add(CredentialRow row)
    {
        if (row.Credential is CadenzaCredential credential)
        {
            _credentials[credential.CredentialId] = credential;
        }
        else
        {
            // An element that cannot be read, or a warning that the list is incomplete.
            Failure ??= row.Error?.Message ?? row.Warning;
        }
    }
}
