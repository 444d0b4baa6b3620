using System.Reflection;

namespace Cadenza.NetFramework.Smoke;

/// <summary>
/// Loads the assemblies of the module as Windows PowerShell does, and runs the checks. Writes one line for each check,
/// and the counts to a JSON file.
/// </summary>
internal static class Program
{
    /// <summary>The assemblies that Windows PowerShell, and not the module's resolver, has loaded.</summary>
    private static readonly string[] Loaded =
        ["CadenzaPS", "Cadenza.Client", "Cadenza.Commands", "Cadenza.Audit", "Cadenza.Sandbox"];

    private static int Main(string[] args)
    {
        if (args.Length == 1 && args[0] == "--probe")
        {
            // Debian's mono-runtime alone does not have these.
            Assembly.Load("netstandard, Version=2.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51");
            Assembly.Load("System.Net.Http, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a");
            return 0;
        }

        if (args.Length != 3)
        {
            Console.Error.WriteLine(
                "Arguments: --probe, or <folder of the assemblies> <sandbox server's assembly> <result file>");
            return 2;
        }

        string folder = Path.GetFullPath(args[0]);
        var report = new CheckReport();
        try
        {
            ResolveEventHandler resolver = Prepare(folder);
            Console.WriteLine(Description);
            SmokeTest.Run(folder, args[1], resolver, report);
        }
        catch (Exception exception)
        {
            report.Fail(exception);
        }

        report.Save(args[2]);
        return report.HasFailed ? 1 : 0;
    }

    private static string Description => Type.GetType("Mono.Runtime")
            ?.GetMethod("GetDisplayName", BindingFlags.NonPublic | BindingFlags.Static)
            ?.Invoke(null, null) is string version
        ? "Mono " + version
        : System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription;

    private static ResolveEventHandler Prepare(string folder)
    {
        Assembly[] assemblies =
            [.. Loaded.Select(name => Assembly.LoadFrom(Path.Combine(folder, name + ".dll")))];

        // The module adds this handler when Windows PowerShell imports it.
        object instance = Activator.CreateInstance(
            assemblies[0].GetType("CadenzaPS.Loading.ScopedAssemblyResolver", throwOnError: true), [folder]);
        var resolver = (ResolveEventHandler)Delegate.CreateDelegate(
            typeof(ResolveEventHandler), instance, "OnAssemblyResolve");
        AppDomain.CurrentDomain.AssemblyResolve += resolver;

        // PowerShell finds the types of a module in its loaded assemblies. This program refers to them by name.
        AppDomain.CurrentDomain.AssemblyResolve += (_, args) => assemblies.FirstOrDefault(
            assembly => assembly.GetName().Name == new AssemblyName(args.Name).Name);
        return resolver;
    }
}
