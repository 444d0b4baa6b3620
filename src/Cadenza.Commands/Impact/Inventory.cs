using System.Collections.Generic;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Impact;

/// <summary>Credentials and the trading accounts that use them, as they were when both lists were made.</summary>
public sealed class Inventory
{
    internal Inventory(IReadOnlyList<CadenzaCredential> credentials, ImpactSource impacts, IReadOnlyList<string> notes)
    {
        Credentials = credentials;
        Impacts = impacts;
        Notes = notes;
    }

    /// <summary>The credentials, in the server's order.</summary>
    public IReadOnlyList<CadenzaCredential> Credentials { get; }

    /// <summary>What revoking each would do.</summary>
    public ImpactSource Impacts { get; }

    /// <summary>
    /// Every trading account; null where one may be missing. A credential that no known account uses may be used by the missing one, so a
    /// part of the list is as good as none.
    /// </summary>
    public IReadOnlyList<TradingAccount>? Accounts => Impacts.UnknownBecause is null ? Impacts.Accounts : null;

    /// <summary>What the lists lack, a sentence each: elements that cannot be read, and accounts that are not known.</summary>
    public IReadOnlyList<string> Notes { get; }
}
