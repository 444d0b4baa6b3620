namespace Cadenza.Client;

/// <summary>How a kind of change is spoken of.</summary>
/// <param name="Action">What is asked and shown under -WhatIf, such as "Revoke for good".</param>
/// <param name="Done">The participle, such as "revoked".</param>
public sealed record ChangeWords(string Action, string Done)
{
    /// <summary>Revoking.</summary>
    public static readonly ChangeWords Revoke = new("Revoke for good", "revoked");

    /// <summary>Rotating.</summary>
    public static readonly ChangeWords Rotate = new("Replace the API keys", "rotated");
}
