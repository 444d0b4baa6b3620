namespace Cadenza.Sandbox;

/// <summary>The names that the sandbox treats in a special way.</summary>
public static class SandboxSeeds
{
    /// <summary>The nickname of a seeded credential that is FAILED (EXPIRED in the OpenAPI dialect) and that an active
    /// trading account with open orders uses: a revoke answers 409, errno -130002. It exists once, with any
    /// seed.</summary>
    public const string BlockedNickname = "Options vol book";

    /// <summary>The nickname of a seeded credential that is in the list, but belongs to another user: a revoke or
    /// rotate answers 403, errno -22018. It exists once, with any seed.</summary>
    public const string ColleagueNickname = "Shared prime desk";

    /// <summary>An API key that starts with this is refused: 400, errno -22006.</summary>
    public const string RefusedKeyPrefix = "bad-";

    /// <summary>An API key that starts with this is accepted, but the exchange then refuses it: the credential is
    /// FAILED after a rotate, and after the first verify of a created one.</summary>
    public const string FailingKeyPrefix = "failing-";

    /// <summary>The user whom <see cref="SandboxFaultKind.OtherUser"/> names.</summary>
    public const string OtherUserEmail = "other.user@sandbox.example";
}
