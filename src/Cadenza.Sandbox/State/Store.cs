using System;
using System.Collections.Generic;

namespace Cadenza.Sandbox.State;

/// <summary>Everything that the server stores except sessions. Not thread-safe: the handler's lock guards it.</summary>
internal sealed class Store(int capacity)
{
    private readonly List<Credential> _credentials = new(capacity);
    private readonly Dictionary<Guid, Credential> _byId = new(capacity);
    private readonly List<TradingAccount> _accounts = [];
    private readonly List<PendingChange> _pending = [];

    /// <summary>Sorted by index, the oldest first. A revoked credential stays in the list.</summary>
    public IReadOnlyList<Credential> Credentials => _credentials;

    public IReadOnlyList<TradingAccount> Accounts => _accounts;

    public void Add(Credential credential)
    {
        credential.Index = NextIndex();
        _credentials.Add(credential);
        _byId.Add(credential.Id, credential);
        _accounts.AddRange(credential.Accounts);
    }

    // A text that is not a UUID is an unknown id, not a malformed one: both are answered 404.
    public Credential? Find(string credentialId) =>
        Guid.TryParse(credentialId, out Guid id) && _byId.TryGetValue(id, out Credential? credential)
            ? credential
            : null;

    public bool IsNicknameTaken(string venue, string nickname) => _credentials.Exists(c =>
        c.State != CredentialState.Revoked
        && string.Equals(c.Venue, venue, StringComparison.Ordinal)
        && string.Equals(c.Nickname, nickname, StringComparison.Ordinal));

    /// <summary>Stores a change that is done later.</summary>
    /// <param name="due">When; null: never.</param>
    /// <param name="apply">Does it.</param>
    public void Defer(DateTimeOffset? due, Action apply)
    {
        if (due is { } time)
        {
            _pending.Add(new PendingChange(time, apply));
        }
    }

    /// <summary>Does the stored changes that are due, the earliest first.</summary>
    public void Settle(DateTimeOffset now)
    {
        while (_pending.Count > 0)
        {
            PendingChange next = _pending[0];
            foreach (PendingChange change in _pending)
            {
                next = change.Due < next.Due ? change : next;
            }

            if (next.Due > now)
            {
                return;
            }

            _pending.Remove(next);
            next.Apply();
        }
    }

    /// <summary>Deletes a credential and its accounts, as another user can.</summary>
    public void Delete(Credential credential)
    {
        _credentials.Remove(credential);
        _byId.Remove(credential.Id);
        _accounts.RemoveAll(account => ReferenceEquals(account.Credential, credential));
    }

    /// <summary>Adds a credential at the start of the list.</summary>
    public void AddFirst(Credential credential)
    {
        credential.Index = _credentials.Count == 0 ? 0 : _credentials[0].Index - 1;
        _credentials.Insert(0, credential);
        _byId.Add(credential.Id, credential);
    }

    public void MoveToEnd(Credential credential)
    {
        _credentials.Remove(credential);
        credential.Index = NextIndex();
        _credentials.Add(credential);
    }

    /// <summary>The credential after this one; the first after the last.</summary>
    public Credential NextAfter(Credential credential) =>
        _credentials.Count == 0
            ? credential
            : _credentials.Find(c => c.Index > credential.Index) ?? _credentials[0];

    public void LockAccounts(long now)
    {
        foreach (TradingAccount account in _accounts)
        {
            if (account.Status is AccountStatus.Active)
            {
                account.SetStatus(AccountStatus.Locked, now);
            }
        }
    }

    private int NextIndex() => _credentials.Count == 0 ? 0 : _credentials[_credentials.Count - 1].Index + 1;
}
