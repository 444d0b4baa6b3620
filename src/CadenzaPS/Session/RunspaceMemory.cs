using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace CadenzaPS.Session;

/// <summary>The memory of the current runspace. Two runspaces never see each other's.</summary>
internal static class RunspaceMemory
{
    private static readonly ConditionalWeakTable<Runspace, CredentialMemory> Memories = new();

    /// <summary>What this runspace has seen. Hold on to it where it is needed for every object.</summary>
    public static CredentialMemory Current => Memories.GetValue(Runspace.DefaultRunspace, static _ => new CredentialMemory());
}
