using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Audit.Rules;

/// <summary>Maps the id of a credential to the names of the trading accounts that use it.</summary>
internal sealed class AccountIndex
{
    private readonly Dictionary<string, List<string>> _namesById = new(CredentialIdComparer.Instance);

    public AccountIndex(IReadOnlyList<TradingAccount> accounts)
    {
        foreach (TradingAccount account in accounts)
        {
            Add(account);
        }
    }

    public AccountNames NamesFor(string credentialId) =>
        _namesById.TryGetValue(credentialId, out List<string>? names) ? new AccountNames(names) : AccountNames.None;

    private void Add(TradingAccount account)
    {
        string name = AccountPhrase.NameOf(account);
        if (account.Credentials.Count == 1)
        {
            Add(account.Credentials[0].CredentialId, name);
            return;
        }

        // An account can list the same credential more than once.
        IEnumerable<string> ids = account.Credentials.Select(static credential => credential.CredentialId);
        foreach (string id in ids.Distinct(CredentialIdComparer.Instance))
        {
            Add(id, name);
        }
    }

    private void Add(string id, string name)
    {
        if (!_namesById.TryGetValue(id, out List<string>? names))
        {
            _namesById.Add(id, names = new List<string>(1));
        }

        names.Add(name);
    }
}
