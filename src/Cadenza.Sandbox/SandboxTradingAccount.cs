namespace Cadenza.Sandbox;

/// <summary>The state of one trading account at the time of the snapshot.</summary>
public sealed class SandboxTradingAccount
{
    internal SandboxTradingAccount(State.TradingAccount account)
    {
        TradingAccountId = account.Id.ToString("D");
        CredentialId = account.Credential.Id.ToString("D");
        Venue = account.Credential.Venue;
        AccountType = account.AccountType;
        Status = account.Status;
        HasOpenOrders = account.HasOpenOrders;
    }

    /// <summary>The id, a lower-case UUID.</summary>
    public string TradingAccountId { get; }

    /// <summary>The credential that it uses.</summary>
    public string CredentialId { get; }

    /// <summary>The venue, as the API names it.</summary>
    public string Venue { get; }

    /// <summary>SPOT, MARGIN or CREDIT.</summary>
    public string AccountType { get; }

    /// <summary>ACTIVE, INACTIVE, CREATED, LOCKED or DISCONNECTED.</summary>
    public string Status { get; }

    /// <summary>Whether orders are open; with ACTIVE or LOCKED it prevents a revoke.</summary>
    public bool HasOpenOrders { get; }
}
