namespace Cadenza.Client.Operations;

/// <summary>The names of a kind of change.</summary>
/// <param name="Verb">The verb, such as "revoke". Also its name in a journal.</param>
/// <param name="PastParticiple">The past participle, such as "revoked".</param>
/// <param name="Action">The action in a confirmation prompt, such as "Revoke permanently".</param>
internal sealed record ChangeKind(string Verb, string PastParticiple, string Action)
{
    /// <summary>Revokes a credential.</summary>
    public static readonly ChangeKind Revoke = new("revoke", "revoked", "Revoke permanently");

    /// <summary>Rotates the keys of a credential.</summary>
    public static readonly ChangeKind Rotate = new("rotate", "rotated", "Replace the API keys");

    /// <summary>Creates a credential.</summary>
    public static readonly ChangeKind Create = new("create", "created", "Create a credential");
}
