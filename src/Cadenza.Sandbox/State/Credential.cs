using System;

namespace Cadenza.Sandbox.State;

/// <summary>One credential; the dialects show it in three shapes. Guarded by the handler's lock.</summary>
internal sealed class Credential(Guid id, string venue, string? nickname, Guid userId, bool isBroker, string? apiType, long createdAt)
{
    private KeyMark? _keys;

    public Guid Id { get; } = id;

    public string Venue { get; } = venue;

    public string? Nickname { get; } = nickname;

    public Guid UserId { get; } = userId;

    /// <summary>Whether somebody else than the user who signs in owns it.</summary>
    public bool IsColleagues { get; set; }

    public bool IsBroker { get; } = isBroker;

    /// <summary>The OpenAPI dialect's credentialType; null is one of its values.</summary>
    public string? ApiType { get; } = apiType;

    public CredentialState State { get; set; }

    public long CreatedAt { get; } = createdAt;

    public long UpdatedAt { get; set; } = createdAt;

    public int Changes { get; private set; }

    /// <summary>The request that changed it last; null: none did.</summary>
    public string? LastRequestId { get; private set; }

    /// <summary>Its place in the list; grows by one with each credential, so it can serve as a cursor.</summary>
    public int Index { get; set; }

    public TradingAccount[] Accounts { get; set; } = [];

    public string? MaskedKey => State == CredentialState.Revoked ? null : _keys?.Masked ?? KeyMark.SeededMask(Id);

    public string? Fingerprint => State == CredentialState.Revoked ? null : _keys?.Fingerprint ?? KeyMark.SeededFingerprint(Id);

    public bool IsBlocked => Array.Exists(Accounts, static a => a.Blocks);

    /// <summary>Puts new keys in force; accounts that the old keys had stopped go on.</summary>
    public void Rotate(KeyMark keys, long now, string requestId)
    {
        Install(keys, requestId);
        Touch(now);
        if (State != CredentialState.Failed)
        {
            return;
        }

        State = CredentialState.Verified;
        foreach (var account in Accounts)
        {
            account.SetStatus(AccountStatus.Active, UpdatedAt);
        }
    }

    /// <summary>Puts the keys of a change in force.</summary>
    public void Install(KeyMark keys, string requestId)
    {
        _keys = keys;
        Count(requestId);
    }

    public void Revoke(long now, string requestId)
    {
        _keys = null;
        State = CredentialState.Revoked;
        Touch(now);
        Count(requestId);
        foreach (var account in Accounts)
        {
            account.SetStatus(AccountStatus.Disconnected, UpdatedAt);
        }
    }

    /// <summary>Asks the exchange. Only new keys help a failed one.</summary>
    public void Verify(long now)
    {
        if (State == CredentialState.Pending)
        {
            State = CredentialState.Verified;
            Touch(now);
        }
    }

    private void Count(string requestId)
    {
        Changes++;
        LastRequestId = requestId;
    }

    // A test's clock may stand still; "updated" must be seen to move all the same.
    private void Touch(long now) => UpdatedAt = Math.Max(now, UpdatedAt + 1);
}
