using System;

namespace Cadenza.Sandbox.State;

/// <summary>One credential; the dialects show it in three forms. Guarded by the handler's lock.</summary>
internal sealed class Credential(
    Guid id, string venue, string? nickname, Guid userId, bool isBroker, string? apiType, long createdAt)
{
    private KeyMark? _keys;

    public Guid Id { get; } = id;

    public string Venue { get; } = venue;

    public string? Nickname { get; } = nickname;

    public Guid UserId { get; } = userId;

    /// <summary>Whether it belongs to another user than the one who signs in.</summary>
    public bool IsColleagues { get; set; }

    public bool IsBroker { get; } = isBroker;

    /// <summary>The OpenAPI dialect's credentialType; null is one of its values.</summary>
    public string? ApiType { get; } = apiType;

    public CredentialState State { get; set; }

    /// <summary>The status that is shown until a change is done; null: the one of <see cref="State"/>.</summary>
    public string? InterimStatus { get; set; }

    public long CreatedAt { get; } = createdAt;

    public long UpdatedAt { get; set; } = createdAt;

    public int Changes { get; private set; }

    /// <summary>The request that changed it last; null: none.</summary>
    public string? LastRequestId { get; private set; }

    /// <summary>Its position in the list, unique and growing, so that a cursor can name it.</summary>
    public int Index { get; set; }

    public TradingAccount[] Accounts { get; set; } = [];

    public string? MaskedKey =>
        State == CredentialState.Revoked ? null : _keys?.Masked ?? KeyMark.SeededMask(Id);

    public string? Fingerprint =>
        State == CredentialState.Revoked ? null : _keys?.Fingerprint ?? KeyMark.SeededFingerprint(Id);

    public bool IsBlocked => Array.Exists(Accounts, static a => a.Blocks);

    /// <summary>Replaces the keys; accounts that stopped with the old keys continue if the new ones work.</summary>
    public void Rotate(KeyMark keys, long now, string requestId)
    {
        Install(keys, requestId);
        Touch(now);
        if (!keys.Works)
        {
            State = CredentialState.Failed;
        }
        else if (State == CredentialState.Failed)
        {
            State = CredentialState.Verified;
            SetAccounts(AccountStatus.Active);
        }
    }

    /// <summary>Sets the keys of a change.</summary>
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
        SetAccounts(AccountStatus.Disconnected);
    }

    /// <summary>Checks the keys at the exchange. Only new keys change a failed credential.</summary>
    public void Verify(long now)
    {
        if (State == CredentialState.Pending)
        {
            State = _keys is { Works: false } ? CredentialState.Failed : CredentialState.Verified;
            Touch(now);
        }
    }

    private void SetAccounts(string status)
    {
        foreach (TradingAccount account in Accounts)
        {
            account.SetStatus(status, UpdatedAt);
        }
    }

    private void Count(string requestId)
    {
        Changes++;
        LastRequestId = requestId;
    }

    // The clock of a test may stand still; the time of the last change must advance anyway.
    private void Touch(long now) => UpdatedAt = Math.Max(now, UpdatedAt + 1);
}
