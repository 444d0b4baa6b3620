namespace Cadenza.Sandbox;

/// <summary>The state of one credential at the time of the snapshot.</summary>
public sealed class SandboxCredential
{
    internal SandboxCredential(State.Credential credential, string status)
    {
        CredentialId = credential.Id.ToString("D");
        Venue = credential.Venue;
        Nickname = credential.Nickname;
        Status = status;
        Fingerprint = credential.Fingerprint;
        Changes = credential.Changes;
        LastRequestId = credential.LastRequestId;
        IsRevoked = credential.State == State.CredentialState.Revoked;
        IsColleagues = credential.IsColleagues;
        IsBlocked = credential.IsBlocked;
    }

    /// <summary>The id, a lower-case UUID.</summary>
    public string CredentialId { get; }

    /// <summary>The venue, as the API names it.</summary>
    public string Venue { get; }

    /// <summary>The display name, or null.</summary>
    public string? Nickname { get; }

    /// <summary>The status in the words of the sandbox's dialect.</summary>
    public string Status { get; }

    /// <summary>The fingerprint of its keys, as <see cref="KeyFingerprint.Compute"/> returns it; null after a revoke,
    /// which deletes the keys.</summary>
    public string? Fingerprint { get; }

    /// <summary>How many changes took effect on it: create, rotate and revoke count, verify does not. Seeded
    /// credentials start at 0.</summary>
    public int Changes { get; }

    /// <summary>The <see cref="SandboxRequest.RequestId"/> of the request that made its last change; null if there is
    /// none. Each request makes at most one.</summary>
    public string? LastRequestId { get; }

    /// <summary>The <see cref="SandboxRequest.RequestId"/> of the request that revoked it; null if it is not revoked,
    /// or was revoked from the start.</summary>
    public string? RevokedByRequestId => IsRevoked ? LastRequestId : null;

    /// <summary>Whether it is revoked, in any dialect.</summary>
    public bool IsRevoked { get; }

    /// <summary>Whether it belongs to another user (revoke and rotate answer 403).</summary>
    public bool IsColleagues { get; }

    /// <summary>Whether a trading account with open orders prevents a revoke (409).</summary>
    public bool IsBlocked { get; }
}
