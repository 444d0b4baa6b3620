namespace Cadenza.Client.Operations;

/// <summary>What a kind of change is called.</summary>
/// <param name="Verb">The word for it in a journal, such as "revoke".</param>
/// <param name="PastParticiple">The participle, such as "revoked".</param>
/// <param name="Action">What a person is asked to confirm, such as "Revoke for good".</param>
public sealed record ChangeKind(string Verb, string PastParticiple, string Action)
{
    /// <summary>Revoking.</summary>
    public static readonly ChangeKind Revoke = new("revoke", "revoked", "Revoke for good");

    /// <summary>Rotating.</summary>
    public static readonly ChangeKind Rotate = new("rotate", "rotated", "Replace the API keys");

    /// <summary>Creating.</summary>
    public static readonly ChangeKind Create = new("create", "created", "Create a credential");
}
