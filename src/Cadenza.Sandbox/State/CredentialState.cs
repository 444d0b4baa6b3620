namespace Cadenza.Sandbox.State;

/// <summary>The state of a credential, independent of the words of a dialect.</summary>
internal enum CredentialState
{
    Pending,
    Verified,
    Failed,
    Revoked,
}
