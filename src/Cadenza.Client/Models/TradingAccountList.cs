using System.Collections.Generic;
using System.Linq;

namespace Cadenza.Client.Models;

/// <summary>The trading accounts of a server, indexed by the credentials that they use.</summary>
public sealed class TradingAccountList
{
    private readonly ILookup<string, TradingAccount> _byCredential;

    internal TradingAccountList(IReadOnlyList<TradingAccount> accounts, IReadOnlyList<string> gaps)
    {
        Accounts = accounts;
        Gaps = gaps;
        _byCredential = accounts
            .SelectMany(
                static account => account.CredentialIds.Distinct(CredentialIdComparer.Instance),
                static (account, id) => (account, id))
            .ToLookup(static pair => pair.id, static pair => pair.account, CredentialIdComparer.Instance);
    }

    /// <summary>The accounts, in the server's order.</summary>
    public IReadOnlyList<TradingAccount> Accounts { get; }

    /// <summary>
    /// Messages about parts of the list that could not be read. If there are any, accounts may be missing.
    /// </summary>
    public IReadOnlyList<string> Gaps { get; }

    /// <summary>Gets the accounts that use a credential.</summary>
    public IReadOnlyList<TradingAccount> UsersOf(string credentialId) => [.. _byCredential[credentialId]];
}
