namespace Cadenza.Client.Errors;

/// <summary>The operations of the API. The same HTTP status can mean something else for another operation.</summary>
internal enum ApiOperation
{
    /// <summary>Lists credentials or trading accounts, or gets the signed-in user.</summary>
    Read,

    /// <summary>Verifies credentials.</summary>
    Verify,

    /// <summary>Creates a credential.</summary>
    Create,

    /// <summary>Sets new keys.</summary>
    Rotate,

    /// <summary>Revokes a credential.</summary>
    Revoke,

    /// <summary>Signs in.</summary>
    Login,

    /// <summary>Renews the session.</summary>
    Refresh,

    /// <summary>Ends the session.</summary>
    Logout,
}
