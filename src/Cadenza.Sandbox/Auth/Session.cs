namespace Cadenza.Sandbox.Auth;

/// <summary>One sign-in. All tokens that descend from it die with it.</summary>
internal sealed class Session
{
    public bool IsEnded { get; set; }
}
