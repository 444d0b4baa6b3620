namespace Cadenza.Sandbox.State;

/// <summary>The statuses of trading accounts.</summary>
internal static class AccountStatus
{
    public const string New = "NEW";
    public const string Created = "CREATED";
    public const string Active = "ACTIVE";
    public const string Inactive = "INACTIVE";
    public const string Locked = "LOCKED";
    public const string Disconnected = "DISCONNECTED";
    public const string Unavailable = "UNAVAILABLE";
}
