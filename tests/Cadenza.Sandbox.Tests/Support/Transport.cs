namespace Cadenza.Sandbox.Tests.Support;

/// <summary>How a test reaches the sandbox.</summary>
public enum Transport
{
    /// <summary>SandboxHandler is the client's message handler.</summary>
    InProcess,

    /// <summary>Kestrel and a real TCP connection.</summary>
    Socket,
}
