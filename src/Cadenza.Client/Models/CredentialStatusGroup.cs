namespace Cadenza.Client.Models;

/// <summary>Groups of credential statuses with the same meaning in the three dialects of the API.</summary>
internal enum CredentialStatusGroup
{
    /// <summary>The exchange accepts the key.</summary>
    Working,

    /// <summary>The exchange has not verified the key yet.</summary>
    Waiting,

    /// <summary>The exchange does not accept the key, or Cadenza cannot use it.</summary>
    Broken,

    /// <summary>The credential is revoked. This cannot be undone.</summary>
    Revoked,

    /// <summary>An unknown status, or none.</summary>
    Other,
}
