namespace Cadenza.Sandbox.State;

/// <summary>The words for a trading account's status that the sandbox uses.</summary>
internal static class AccountStatus
{
    public const string New = "NEW";
    public const string Created = "CREATED";
    public const string Active = "ACTIVE";
    public const string Inactive = "INACTIVE";
    public const string Disconnected = "DISCONNECTED";
    public const string Unavailable = "UNAVAILABLE";
}
