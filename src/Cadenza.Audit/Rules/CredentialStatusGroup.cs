namespace Cadenza.Audit.Rules;

/// <summary>The meaning of a status, independent of the API dialect.</summary>
internal enum CredentialStatusGroup
{
    /// <summary>The exchange accepts the keys.</summary>
    Working,

    /// <summary>The keys are not verified yet.</summary>
    Waiting,

    /// <summary>The exchange rejects the keys, or Cadenza cannot use them.</summary>
    Broken,

    /// <summary>The credential is revoked permanently.</summary>
    Revoked,

    /// <summary>An unknown status, or no status.</summary>
    Other,
}
