using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace CadenzaPS.Session;

/// <summary>The credentials that completion suggests in the current runspace. Runspaces do not share them.</summary>
internal static class RunspaceMemory
{
    private static readonly ConditionalWeakTable<Runspace, CredentialMemory> Memories = new();

    /// <summary>The memory of the current runspace. Keep a reference to it if it is needed for every object.</summary>
    public static CredentialMemory Current =>
        Memories.GetValue(Runspace.DefaultRunspace, static _ => new CredentialMemory());
}
