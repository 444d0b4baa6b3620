namespace Cadenza.Sandbox;

/// <summary>Nicknames of the seeded credentials that answer in a special way. Each occurs once, whatever the seed.</summary>
public static class SandboxSeeds
{
    /// <summary>FAILED (EXPIRED in the OpenAPI dialect), and an active trading account with open orders hangs on it: a revoke
    /// answers 409, errno -130002.</summary>
    public const string BlockedNickname = "Options vol book";

    /// <summary>Visible in the list, but a colleague's: a revoke or rotate answers 403, errno -22018.</summary>
    public const string ColleagueNickname = "Shared prime desk";
}
