using System.Collections.Generic;

namespace Cadenza.Client.Models;

/// <summary>The trading accounts of a server, indexed by the credentials that they use.</summary>
public sealed class TradingAccountList
{
    /// <summary>The first use of each credential. A list for each credential would need more memory.</summary>
    private readonly Dictionary<string, int> _first;
    private readonly List<Use> _uses;

    internal TradingAccountList(IReadOnlyList<TradingAccount> accounts, IReadOnlyList<string> gaps)
    {
        Accounts = accounts;
        Gaps = gaps;
        _first = new Dictionary<string, int>(accounts.Count, CredentialIdComparer.Instance);
        _uses = new List<Use>(accounts.Count);
        for (int account = accounts.Count - 1; account >= 0; account--)
        {
            IReadOnlyList<ListedCredential> credentials = accounts[account].Credentials;
            for (int i = 0; i < credentials.Count; i++)
            {
                Add(credentials[i].CredentialId, account);
            }
        }
    }

    /// <summary>The accounts, in the server's order.</summary>
    public IReadOnlyList<TradingAccount> Accounts { get; }

    /// <summary>
    /// Messages about parts of the list that could not be read. If there are any, accounts may be missing.
    /// </summary>
    public IReadOnlyList<string> Gaps { get; }

    /// <summary>Gets the accounts that use a credential.</summary>
    public IReadOnlyList<TradingAccount> UsersOf(string credentialId)
    {
        var users = new List<TradingAccount>();
        int next = _first.TryGetValue(credentialId, out int first) ? first : -1;
        while (next >= 0)
        {
            users.Add(Accounts[_uses[next].Account]);
            next = _uses[next].Next;
        }

        return users;
    }

    private void Add(string credentialId, int account)
    {
        int next = _first.TryGetValue(credentialId, out int first) ? first : -1;
        if (next < 0 || _uses[next].Account != account)
        {
            _first[credentialId] = _uses.Count;
            _uses.Add(new Use(account, next));
        }
    }

    /// <summary>An account that uses a credential.</summary>
    /// <param name="Account">The index of the account.</param>
    /// <param name="Next">The index of the next use of the same credential, or -1.</param>
    private readonly record struct Use(int Account, int Next);
}
