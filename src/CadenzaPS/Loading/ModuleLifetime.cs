using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;
using CadenzaPS.Session;

namespace CadenzaPS.Loading;

/// <summary>Prepares the import of the module and cleans up after its removal.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly ScopedAssemblyResolver Resolver =
        new(Path.GetDirectoryName(typeof(ModuleLifetime).Assembly.Location) ?? "");

    /// <inheritdoc/>
    public void OnImport()
    {
        // PowerShell 7 contains everything that our assemblies reference.
        if (IsWindowsPowerShell)
        {
            AppDomain.CurrentDomain.AssemblyResolve += Resolver.OnAssemblyResolve;
        }

#if !NET
        LoadTimeProvider();
#endif
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        // While a runspace closes, there may be no default runspace.
        if (Runspace.DefaultRunspace is not null)
        {
            RunspaceConnection.Clear();
            RunspaceMemory.Current.Clear();
            RunspaceRequests.Current.Clear();
        }

        if (IsWindowsPowerShell)
        {
            AppDomain.CurrentDomain.AssemblyResolve -= Resolver.OnAssemblyResolve;
        }
    }

#if !NET
    /// <summary>Loads the assembly now, because the module may be uninstalled while it is imported.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void LoadTimeProvider() => _ = TimeProvider.System;
#endif

    private static bool IsWindowsPowerShell =>
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);
}
