using System.Collections.Generic;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Impact;

/// <summary>The credentials and trading accounts of a server at the time when both lists were read.</summary>
internal sealed class Inventory
{
    internal Inventory(
        IReadOnlyList<CadenzaCredential> credentials,
        bool isComplete,
        ImpactSource impacts,
        IReadOnlyList<string> notes)
    {
        Credentials = credentials;
        IsComplete = isComplete;
        Impacts = impacts;
        Notes = notes;
    }

    /// <summary>The credentials, in the order of the server.</summary>
    public IReadOnlyList<CadenzaCredential> Credentials { get; }

    /// <summary>Whether all credentials could be read.</summary>
    public bool IsComplete { get; }

    /// <summary>The source for the effect of revoking each credential.</summary>
    public ImpactSource Impacts { get; }

    /// <summary>
    /// All trading accounts; null if the list is incomplete. A missing account may use a credential that appears to be
    /// unused, so an incomplete list is not usable.
    /// </summary>
    public IReadOnlyList<TradingAccount>? Accounts => Impacts.UnknownBecause is null ? Impacts.Accounts : null;

    /// <summary>The parts of the lists that could not be read, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; }
}
