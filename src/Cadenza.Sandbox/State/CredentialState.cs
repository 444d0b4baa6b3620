namespace Cadenza.Sandbox.State;

/// <summary>What a credential is, beneath the words of any dialect.</summary>
internal enum CredentialState
{
    Pending,
    Verified,
    Failed,
    Revoked,
}
