using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Commands.Journal;

namespace Cadenza.Commands.Changes;

/// <summary>A change that is to be made.</summary>
internal sealed record Change
{
    /// <summary>What is changed, in words.</summary>
    public required string Name { get; init; }

    /// <summary>What its error is about.</summary>
    public required string Target { get; init; }

    /// <summary>Changes with the same key wait for each other; null where it waits for none.</summary>
    public string? Key { get; init; }

    /// <summary>What a journal needs to know of it.</summary>
    public required JournaledChange Slip { get; init; }

    /// <summary>Makes it.</summary>
    public required Func<CadenzaClient, CancellationToken, Task<CadenzaCredential>> SendAsync { get; init; }

    /// <summary>Whether making it once more, after it may have been made, ends in the same state.</summary>
    public bool IsIdempotent { get; init; } = true;

    /// <summary>Looks whether it was made, where that can be seen: since a time, by the server's clock.</summary>
    public Func<CadenzaClient, DateTimeOffset, CancellationToken, Task<ReconciliationResult>>? ReconcileAsync { get; init; }
}
