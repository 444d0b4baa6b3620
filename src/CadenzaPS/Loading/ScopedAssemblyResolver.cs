using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;

namespace CadenzaPS.Loading;

/// <summary>
/// Finds the libraries that ship with the Windows PowerShell build, for our own assemblies and for each other, and for nobody else:
/// a handler that answers everybody's requests breaks other modules.
/// </summary>
internal sealed class ScopedAssemblyResolver(string folder)
{
    private static readonly HashSet<string> OurNames = new(StringComparer.OrdinalIgnoreCase) { "CadenzaPS", "Cadenza.Client", "Cadenza.Commands", "Cadenza.Audit", "Cadenza.Sandbox" };

    /// <summary>The handler for <see cref="AppDomain.AssemblyResolve"/>.</summary>
    public Assembly? OnAssemblyResolve(object? sender, ResolveEventArgs args)
    {
        string? path = FindPath(new AssemblyName(args.Name).Name, args.RequestingAssembly?.GetName().Name, LocationOf(args.RequestingAssembly));
        return path is null ? null : Assembly.LoadFrom(path);
    }

    /// <summary>The file that answers a request, or null where the request is not ours to answer.</summary>
    /// <param name="wanted">The simple name of the wanted assembly.</param>
    /// <param name="requester">The simple name of the assembly that asks; null where that is not known.</param>
    /// <param name="requesterPath">Where that assembly was loaded from; null or empty where that is not known.</param>
    public string? FindPath(string? wanted, string? requester, string? requesterPath)
    {
        bool isOurs = requester is not null && OurNames.Contains(requester);
        bool isBesideUs = !string.IsNullOrEmpty(requesterPath)
            && string.Equals(Path.GetDirectoryName(Path.GetFullPath(requesterPath!)), Path.GetFullPath(folder), StringComparison.OrdinalIgnoreCase);
        if (string.IsNullOrEmpty(wanted) || wanted!.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || !(isOurs || isBesideUs))
        {
            return null;
        }

        string path = Path.Combine(folder, wanted + ".dll");
        return File.Exists(path) ? path : null;
    }

    private static string? LocationOf(Assembly? assembly) => assembly is { IsDynamic: false } ? assembly.Location : null;
}
