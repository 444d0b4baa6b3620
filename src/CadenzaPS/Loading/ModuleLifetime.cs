using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using CadenzaPS.Session;

namespace CadenzaPS.Loading;

/// <summary>What happens when the module comes and goes.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly ScopedAssemblyResolver Resolver = new(Path.GetDirectoryName(typeof(ModuleLifetime).Assembly.Location) ?? "");

    /// <inheritdoc/>
    public void OnImport()
    {
        // PowerShell 7 needs no help: everything beside our own assemblies is in the box there.
        if (IsWindowsPowerShell)
        {
            AppDomain.CurrentDomain.AssemblyResolve += Resolver.OnAssemblyResolve;
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        // A runspace that is closing may have no default runspace any more.
        if (Runspace.DefaultRunspace is not null)
        {
            RunspaceConnection.Clear();
            RunspaceMemory.Current.Clear();
        }

        if (IsWindowsPowerShell)
        {
            AppDomain.CurrentDomain.AssemblyResolve -= Resolver.OnAssemblyResolve;
        }
    }

    private static bool IsWindowsPowerShell =>
        System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);
}
