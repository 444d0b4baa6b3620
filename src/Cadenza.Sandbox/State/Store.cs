using System;
using System.Collections.Generic;

namespace Cadenza.Sandbox.State;

/// <summary>Everything the server remembers but sessions. Not safe for threads by itself: the handler's lock guards it.</summary>
internal sealed class Store(int capacity)
{
    private readonly List<Credential> _credentials = new(capacity);
    private readonly Dictionary<Guid, Credential> _byId = new(capacity);
    private readonly List<TradingAccount> _accounts = [];

    /// <summary>Oldest entry first; never shrinks, because a revoked credential stays in the list.</summary>
    public IReadOnlyList<Credential> Credentials => _credentials;

    public IReadOnlyList<TradingAccount> Accounts => _accounts;

    public void Add(Credential credential)
    {
        credential.Index = _credentials.Count;
        _credentials.Add(credential);
        _byId.Add(credential.Id, credential);
        _accounts.AddRange(credential.Accounts);
    }

    // A text that is no UUID is an unknown id, not a malformed one: the caller hears 404 for both.
    public Credential? Find(string credentialId) =>
        Guid.TryParse(credentialId, out var id) && _byId.TryGetValue(id, out var credential) ? credential : null;

    public bool IsNicknameTaken(string venue, string nickname) => _credentials.Exists(c =>
        c.State != CredentialState.Revoked
        && string.Equals(c.Venue, venue, StringComparison.Ordinal)
        && string.Equals(c.Nickname, nickname, StringComparison.Ordinal));
}
