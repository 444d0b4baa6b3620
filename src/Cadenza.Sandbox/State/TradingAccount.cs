using System;

namespace Cadenza.Sandbox.State;

/// <summary>An account at a venue that trades with one credential's keys.</summary>
internal sealed class TradingAccount(
    Guid id, Credential credential, string accountType, string status, bool hasOpenOrders)
{
    public Guid Id { get; } = id;

    public Credential Credential { get; } = credential;

    public string AccountType { get; } = accountType;

    public string Status { get; private set; } = status;

    public bool HasOpenOrders { get; } = hasOpenOrders;

    public long UpdatedAt { get; private set; } = credential.UpdatedAt;

    /// <summary>Whether it prevents a revoke.</summary>
    public bool Blocks => HasOpenOrders && (Status is AccountStatus.Active or AccountStatus.Locked);

    public void SetStatus(string status, long now)
    {
        Status = status;
        UpdatedAt = now;
    }
}
