namespace Cadenza.Client.Models;

/// <summary>What the statuses of the three dialects come down to.</summary>
public enum CredentialStatusGroup
{
    /// <summary>The exchange accepts the key.</summary>
    Working,

    /// <summary>Whether the exchange accepts the key is not known yet.</summary>
    Waiting,

    /// <summary>The exchange does not accept the key, or Cadenza cannot use it.</summary>
    Broken,

    /// <summary>Revoked for good.</summary>
    Revoked,

    /// <summary>A status that is not known, or none.</summary>
    Other,
}
