namespace Cadenza.Sandbox.Auth;

/// <summary>One login. All tokens that come from it end with it.</summary>
internal sealed class Session
{
    public bool IsEnded { get; set; }
}
